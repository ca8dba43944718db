/** Content script in the page's own world. Wiring only. */
import { installHook } from '../page/hook';

try {
  installHook();
} catch {
  // a page without these natives works on as it was
}
