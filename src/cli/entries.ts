/** What lies in a folder. Names are bytes on the disk; not all of them are text. */
import { readdirSync } from 'node:fs';

export interface Entry {
  /** With U+FFFD for what is no text. */
  name: string;
  isFolder: boolean;
  /** Whether the name is all text, and so leads to the entry. */
  isReadable: boolean;
}

const ANYHOW = new TextDecoder('utf-8', { ignoreBOM: true });
const STRICT = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

function isText(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * @returns by name
 * @throws when the folder can't be read
 */
export function entriesOf(folder: string): Entry[] {
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })
    .map((entry) => ({
      name: ANYHOW.decode(entry.name),
      isFolder: entry.isDirectory(),
      isReadable: isText(entry.name),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
