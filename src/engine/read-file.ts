/** Reads one file for the lanes that need its bytes: credentials and disclosures share what was read. */
import { blobSource } from './bytes/blob-source';
import { fileHash } from './bytes/file-hash';
import { HEAD } from './bytes/container';
import { httpSource } from './bytes/http-source';
import type { ByteSource } from './bytes/source';
import { emptyCredentials } from '../contract/lanes';
import type { Credentials, Disclosure } from '../contract/label';
import { readCredentials } from './credentials/read';
import { readDisclosures } from './disclosures/read';
import { isOtherFile } from './other-file';
import type { Shown } from './other-file';
import { startReader } from './start-reader';
import type { Calls, FileFacts, FileVersion, ReadableMedia } from './worker/protocol';
import type { CallContext } from './worker/serve';

/** Verifying blocks it for this, and for each byte. */
const VERIFY_MS = 8_000;
const VERIFY_BYTES_PER_MS = 5_000;
/** Between two news of how far a read has come. */
const PROGRESS_EVERY_MS = 200;
/** After a larger file the worker is ended: WebAssembly memory never shrinks. */
const WORN_BYTES = 32_000_000;

const sourceOf = (media: ReadableMedia): ByteSource =>
  media.kind === 'blob'
    ? blobSource(media.blob, media.name)
    : httpSource(media.url, { credentials: media.credentials });

/** No cookies, and nobody may send us on to an address that a file itself may not name. */
const remoteSource = (link: string): ByteSource => httpSource(link, { credentials: 'omit', redirect: 'error' });

function versionOf(source: ByteSource): FileVersion | null {
  const [version, size] = [source.version(), source.size()];
  return version === null || size === null ? null : { version, size };
}

/** Asks for the first bytes, which every read begins with; what is wrong with them that read will find. */
async function isStill(known: FileVersion, source: ByteSource, signal: AbortSignal): Promise<boolean> {
  await source.read(0, HEAD, signal).catch(() => undefined);
  const now = versionOf(source);
  return now?.version === known.version && now.size === known.size;
}

/** What another file says is not told. */
const OTHER_FILE: FileFacts = {
  credentials: emptyCredentials('unreachable', 'other-file'),
  disclosures: [],
  manifest: null,
};

async function endIfOther(
  source: ByteSource,
  shown: Shown | null,
  stop: AbortController,
  signal: AbortSignal,
): Promise<void> {
  if (shown !== null && (await isOtherFile(source, shown, signal))) stop.abort();
}

/** The `read` call of the bytes worker. */
export async function readFile(
  input: Calls['read']['in'],
  context: CallContext<'read'>,
): Promise<Calls['read']['out']> {
  const source = sourceOf(input.media);
  const stop = new AbortController();
  const comparing = endIfOther(source, input.shown, stop, context.signal);
  if (input.known !== undefined && (await isStill(input.known, source, context.signal))) {
    await comparing;
    source.close();
    if (stop.signal.aborted) return { ...OTHER_FILE, version: null };
    const nothing = { credentials: emptyCredentials('unverified'), disclosures: [], manifest: null };
    return { ...nothing, version: input.known, isKnown: true };
  }
  let credentials: Credentials = emptyCredentials('unverified');
  let disclosures: Disclosure[] = [];
  let manifest: FileFacts['manifest'] = null;
  let toldMs = performance.now();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const tell = (): void => {
    if (!stop.signal.aborted) context.event({ type: 'facts', facts: { credentials, disclosures, manifest } });
  };
  const disclosing = readDisclosures(source, signal).then((found) => {
    disclosures = found;
  });
  credentials = await readCredentials(source, () => startReader(input.anchors, context), {
    limitBytes: input.limitBytes,
    signal,
    onStatement: (statement) => {
      credentials = statement;
      tell();
    },
    onProgress: (read, total) => {
      // Each one becomes a label and a message to the page: not one for each piece that comes.
      if (performance.now() - toldMs < PROGRESS_EVERY_MS) return;
      toldMs = performance.now();
      context.event({ type: 'progress', read, total });
    },
    ...(input.remote ? { remote: remoteSource } : {}),
    onManifest: (found) => {
      manifest = found;
    },
    onVerify: (bytes) => {
      context.busy(VERIFY_MS + bytes / VERIFY_BYTES_PER_MS);
      if (bytes > WORN_BYTES) context.worn();
    },
    onBroken: () => {
      context.worn();
    },
  });
  await Promise.all([disclosing, comparing]);
  const { coverage, state } = credentials;
  if (input.hash && coverage.sha256 === null && state !== 'unreachable') {
    tell();
    const sha256 = await fileHash(source, input.limitBytes, signal);
    credentials = { ...credentials, coverage: { ...coverage, sha256 } };
  }
  source.close();
  if (stop.signal.aborted) return { ...OTHER_FILE, version: null };
  return { credentials, disclosures, manifest, version: versionOf(source) };
}
