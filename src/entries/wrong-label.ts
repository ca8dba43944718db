/** The page about a wrong label. Wiring only. */
import { wrongLabel } from '../ui/wrong-label/wrong-label';

void wrongLabel();
