/** What was asked for: each argument becomes files, an address or an error. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LabelError } from '../contract/label';
import { isVideoName } from './media-types';

export type Input =
  | { kind: 'file'; input: string; path: string; name: string; size: number }
  | { kind: 'media'; input: string; url: string; name: string }
  | { kind: 'page'; input: string; url: string }
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

const PROBE_MS = 10_000;

/** Whether an address leads to a video or a page: the server's word, else the name's ending. */
async function readAddress(input: string): Promise<Input> {
  if (!URL.canParse(input)) return failed(input, 'bad-address', `${input} is no address that can be opened.`);
  const url = new URL(input);
  const name = decodeName(url.pathname) || url.hostname;
  const media: Input = { kind: 'media', input, url: url.href, name };
  const page: Input = { kind: 'page', input, url: url.href };
  const byName = isVideoName(url.pathname) ? media : page;
  try {
    const response = await fetch(url, { headers: { range: 'bytes=0-0' }, signal: AbortSignal.timeout(PROBE_MS) });
    const type = response.headers.get('content-type') ?? '';
    await response.body?.cancel();
    if (!response.ok) return byName;
    if (/^(video|audio)\//.test(type)) return media;
    return /^(text\/html|application\/xhtml)/.test(type) ? page : byName;
  } catch {
    return byName; // the browser will find out, and say it in its own words
  }
}

function decodeName(pathname: string): string {
  const name = basename(pathname);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** All inputs, in the order in which they were given. */
export async function readInputs(given: string[]): Promise<Input[]> {
  const found = await Promise.all(
    given.map(async (input) => (/^https?:\/\//i.test(input) ? [await readAddress(input)] : readPath(input))),
  );
  return found.flat();
}
