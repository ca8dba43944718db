/** Results as JSON Lines: one object a line, whatever its strings hold. */
import type { Label, LabelError } from '../contract/label';

/** JSON leaves U+2028 and U+2029 as they are; some readers take them for the end of a line. */
export function jsonLine(result: Label | LabelError): string {
  return JSON.stringify(result).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
