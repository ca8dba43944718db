/** The popup page. Wiring only. */
import { popup } from '../ui/popup/popup';

void popup();
