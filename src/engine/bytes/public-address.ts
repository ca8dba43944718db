/** Which addresses a file may name: whoever made it would otherwise have us ask devices of the user's own network. */

/** Names that are never found outside of a network of one's own. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/**
 * Only https, and only names: every address in numbers is refused, since nobody keeps credentials there. What a name
 * stands for in the end an extension can't see.
 */
export function isPublicAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const name = hostname.replace(/\.$/, '');
  const isNumber = name.startsWith('[') || /^[\d.]+$/.test(name);
  const isNamed = name.includes('.') && !isNumber && !LOCAL_NAME.test(name);
  return protocol === 'https:' && isNamed && username === '' && password === '';
}
