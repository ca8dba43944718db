/** User names and passwords in addresses: they are used where a browser can, and said to nobody. */
import { bareAddress } from '../contract/bare-address';

const ANYWHERE = /\b(https?:[\\/]+)[^\\/?#\s]*@/gi;

/** @returns a text without the user names and passwords of addresses in it; `input` is one that it may name */
export const discreet = (text: string, input: string): string =>
  text.replaceAll(input, bareAddress(input)).replace(ANYWHERE, '$1');

/** `Authorization` (RFC 7617) of an address; null where nobody is named. */
export function basicAuth({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const words = [username, password].map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part; // a stray percent sign
    }
  });
  return `Basic ${Buffer.from(words.join(':')).toString('base64')}`;
}
