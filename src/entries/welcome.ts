/** The first-run page. Wiring only. */
import { useLanguage } from '../platform/language';
import { welcome } from '../ui/welcome/welcome';

void useLanguage().then(welcome);
