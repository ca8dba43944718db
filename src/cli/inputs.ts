/** What was asked for: each argument becomes files, an address or an error. */
import { accessSync, constants, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabelError } from '../contract/label';
import { entriesOf } from './entries';
import { isDoubtfulName, isVideoName } from './media-types';
import { discreet } from './secrets';
import { isTransportStream } from './transport-stream';
import { whyNot } from './why-not';

export type Input =
  | { kind: 'file'; input: string; path: string; name: string; size: number }
  | { kind: 'address'; input: string; url: URL }
  | { kind: 'error'; input: string; error: LabelError };

/** `input` stays as it was given, so that scripts find it again; what is said of it names no password. */
export function failure(input: string, code: string, message: string): LabelError {
  return { schema: 'assay-error/1', input, error: { code, message: discreet(message, input) } };
}

const failed = (input: string, code: string, message: string): Input => ({
  kind: 'error',
  input,
  error: failure(input, code, message),
});

function fromError(input: string, error: unknown): Input {
  const { code, message } = whyNot(input, error);
  return failed(input, code, message);
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

/** What was found by its ending. Nothing for a source in TypeScript. */
function readFound(path: string): Input[] {
  const found = readFile(path);
  if (found.kind !== 'file' || !isDoubtfulName(path)) return [found];
  try {
    return isTransportStream(path) ? [found] : [];
  } catch (error) {
    return [fromError(path, error)];
  }
}

/** Videos of a folder and of its folders, by name. Links to folders are not followed: they may lead in circles. */
function* readFolder(folder: string): Generator<Input> {
  let entries;
  try {
    entries = entriesOf(folder);
  } catch (error) {
    yield fromError(folder, error);
    return;
  }
  for (const { name, isFolder, isReadable } of entries) {
    const path = join(folder, name);
    if (!isFolder && !isVideoName(name)) continue;
    if (!isReadable) yield failed(path, 'unreadable-name', `${path} has a name that can't be read: it is not UTF-8.`);
    else if (isFolder) yield* readFolder(path);
    else yield* readFound(path);
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

/** What a `file:` address names on this computer; null for any other. */
function pathIn(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}

function readOther(input: string): Input[] {
  const found = readPath(input);
  const [first] = found;
  if (first?.kind !== 'error' || first.error.error.code !== 'not-found' || !WITH_SCHEME.test(input)) return found;
  const path = pathIn(input);
  const hint = path === null ? 'only http:// and https:// can' : `give the path instead, ${path}`;
  return [failed(input, 'bad-address', `${input} is no address that can be labelled: ${hint}.`)];
}

function readAddress(input: string): Input {
  if (URL.canParse(input)) return { kind: 'address', input, url: new URL(input) };
  return failed(input, 'bad-address', `${input} is no address that can be opened.`);
}

/** All inputs, in the order in which they were given. */
export function readInputs(given: string[]): Input[] {
  return given.flatMap((input) => (/^https?:\/\//i.test(input) ? [readAddress(input)] : readOther(input)));
}
