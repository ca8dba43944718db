/** Why a path can't be opened, as one code and one sentence. */
import { lstatSync, statSync } from 'node:fs';

interface Why {
  code: string;
  message: string;
}

const CODES: Record<string, [code: string, words: string]> = {
  ENOENT: ['not-found', 'does not exist'],
  ENOTDIR: ['not-found', 'does not exist'],
  EACCES: ['no-permission', 'may not be read'],
  EPERM: ['no-permission', 'may not be read'],
  ELOOP: ['not-found', 'leads in a circle of links'],
  ENAMETOOLONG: ['not-found', 'does not exist'],
};

const withoutSlash = (path: string): string => path.replace(/\/+$/, '');

/** @returns whether the question can be asked, and the answer is yes */
function holds(question: () => boolean): boolean {
  try {
    return question();
  } catch {
    return false;
  }
}

const isLink = (path: string): boolean => holds(() => lstatSync(withoutSlash(path)).isSymbolicLink());
const isFileWithSlash = (path: string): boolean =>
  path.endsWith('/') && holds(() => statSync(withoutSlash(path)).isFile());

/** More than the system's word for it. */
function closer(path: string, name: string): string | null {
  if (path === '') return 'An empty name leads to no file.';
  if (name === 'ENOTDIR' && isFileWithSlash(path))
    return `${path} is a file and no folder: the slash at its end is wrong.`;
  if (name !== 'ENOENT') return null;
  if (isLink(path)) return `${path} is a link that leads nowhere.`;
  // What was typed in bytes that are no text comes with this character in their place.
  return path.includes('\uFFFD') ? `${path} does not exist, or its name is not UTF-8 and can't be read.` : null;
}

/** @param error of the file system, for that path */
export function whyNot(path: string, error: unknown): Why {
  const name = (error as NodeJS.ErrnoException).code ?? '';
  const [code, words] = CODES[name] ?? ['not-readable', 'could not be read'];
  return { code, message: closer(path, name) ?? `${path} ${words}.` };
}
