/** The page about a wrong label. Wiring only. */
import { useLanguage } from '../platform/language';
import { wrongLabel } from '../ui/wrong-label/wrong-label';

void useLanguage().then(wrongLabel);
