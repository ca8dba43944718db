/** Results as JSON Lines: one object a line, whatever its strings hold. */
import type { Label, LabelError } from '../contract/label';

/**
 * JSON leaves U+2028 and U+2029 as they are, which some readers take for the end of a line, and U+007F to U+009F, by which
 * a file's words could command the terminal.
 */
export function jsonLine(result: Label | LabelError): string {
  return JSON.stringify(result).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
