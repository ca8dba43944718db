/** The options page. Wiring only. */
import { options } from '../ui/options/options';

void options();
