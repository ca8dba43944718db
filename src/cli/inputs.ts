/** What was asked for: each argument becomes files, an address or an error. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LabelError } from '../contract/label';
import { isVideoName } from './media-types';

export type Input =
  | { kind: 'file'; input: string; path: string; name: string; size: number }
  | { kind: 'address'; input: string; url: URL }
  | { kind: 'error'; input: string; error: LabelError };

export function failure(input: string, code: string, message: string): LabelError {
  return { schema: 'assay-error/1', input, error: { code, message } };
}

const failed = (input: string, code: string, message: string): Input => ({
  kind: 'error',
  input,
  error: failure(input, code, message),
});

const CODES: Record<string, [code: string, words: string]> = {
  ENOENT: ['not-found', 'does not exist'],
  ENOTDIR: ['not-found', 'does not exist'],
  EACCES: ['no-permission', 'may not be read'],
  EPERM: ['no-permission', 'may not be read'],
  ELOOP: ['not-found', 'is a link that leads nowhere'],
  ENAMETOOLONG: ['not-found', 'does not exist'],
};

function fromError(input: string, error: unknown): Input {
  const name = (error as NodeJS.ErrnoException).code ?? '';
  const [code, words] = CODES[name] ?? ['not-readable', 'could not be read'];
  return failed(input, code, `${input} ${words}.`);
}

function readFile(path: string): Input {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return failed(path, 'not-a-file', `${path} is neither a file nor a folder.`);
    accessSync(path, constants.R_OK);
    return { kind: 'file', input: path, path, name: basename(path), size: stats.size };
  } catch (error) {
    return fromError(path, error);
  }
}

/** Videos of a folder and of its folders, by name. Links to folders are not followed: they may lead in circles. */
function* readFolder(folder: string): Generator<Input> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield fromError(folder, error);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* readFolder(path);
    else if (isVideoName(entry.name)) yield readFile(path);
  }
}

function readPath(path: string): Input[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    return [fromError(path, error)];
  }
  if (!isFolder) return [readFile(path)];
  const found = [...readFolder(path)];
  return found.length > 0 ? found : [failed(path, 'no-video', `${path} holds no video files.`)];
}

/** With a scheme, and no file of that name: `https://host`, `about:blank`; not `C:\\clip.mp4`, not `part 1: end.mp4`. */
const WITH_SCHEME = /^[a-z][a-z\d+.-]+:\S*$/i;

function readOther(input: string): Input[] {
  const found = readPath(input);
  const [first] = found;
  if (first?.kind !== 'error' || first.error.error.code !== 'not-found' || !WITH_SCHEME.test(input)) return found;
  return [failed(input, 'bad-address', `${input} is no address that can be labelled: only http:// and https:// can.`)];
}

function readAddress(input: string): Input {
  if (URL.canParse(input)) return { kind: 'address', input, url: new URL(input) };
  return failed(input, 'bad-address', `${input} is no address that can be opened.`);
}

/** All inputs, in the order in which they were given. */
export function readInputs(given: string[]): Input[] {
  return given.flatMap((input) => (/^https?:\/\//i.test(input) ? [readAddress(input)] : readOther(input)));
}
