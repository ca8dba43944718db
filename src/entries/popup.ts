/** The popup page. Wiring only. */
import { useLanguage } from '../platform/language';
import { popup } from '../ui/popup/popup';

void useLanguage().then(popup);
