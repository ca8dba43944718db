/** The first-run page. Wiring only. */
import { welcome } from '../ui/welcome/welcome';

void welcome();
