/** English words of the headline, from the same `_locales` file that the surfaces use. */
import messages from '../../public/_locales/en/messages.json';
import type { Text } from '../contract/words';

const table: Record<string, { message: string }> = messages;

/**
 * Renders a text in English.
 * @returns the name itself for a text that doesn't exist (a test fails then, the label stays total)
 */
export function english(t: Text): string {
  const message = table[t.key]?.message ?? t.key;
  return message.replace(/\$(\d)/g, (_, digit: string) => t.args[Number(digit) - 1] ?? '');
}
