/** The credentials lane: walks the file, and asks the verifier only where there is something to verify. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { startOf } from '../../contract/start-of';
import { layoutOf } from '../bytes/layout';
import type { Layout } from '../bytes/layout';
import { BytesError } from '../bytes/source';
import type { ByteSource } from '../bytes/source';
import { hostOf } from './classify';
import { isPlain, leadsNowhere, manifestBox } from './manifest-box';
import { mediaHash } from './media-hash';
import { proven } from './prove';
import type { Job, ReadOptions } from './prove';
import type { CredentialsReader } from './reader';
import { manifestLink, remoteStore, withStore } from './remote';
import { EngineFailure } from './sdk';
import { withoutManifest } from './without-manifest';

function fromError(error: unknown): Credentials {
  // A fault of ours or of the verifier is no fault of the file.
  if (!(error instanceof BytesError)) {
    return { ...emptyCredentials('unverified', 'engine-unavailable'), detail: startOf(String(error), 200) };
  }
  const { reason, detail } = error;
  const state = reason === 'stopped' || reason === 'too-large' ? 'unverified' : 'unreachable';
  return { ...emptyCredentials(state, reason), detail };
}

const isSegment = (layout: Layout): boolean => layout.boxes[0]?.type === 'styp' || layout.boxes[0]?.type === 'moof';

type Start = () => Promise<CredentialsReader | null>;

interface Store {
  /** By itself, where it was found. */
  jumbf: Uint8Array<ArrayBuffer> | null;
  /** One store that says all, in the file itself. */
  plain: boolean;
  joined: Job['joined'];
  promised: Job['promised'];
}

/** Asks for the whole file before anyone can use it. @returns the length that the first answers promise, in bytes */
function askAhead(source: ByteSource, { limitBytes, signal }: ReadOptions): number {
  const promised = source.size() ?? 0; // before another answer says another length
  source.ahead?.(limitBytes, signal);
  return promised;
}

async function verify(
  source: ByteSource,
  layout: Layout,
  reader: CredentialsReader,
  options: ReadOptions,
  { jumbf, plain, joined, promised }: Store,
): Promise<Credentials> {
  const claim = jumbf === null ? null : await reader.claim(jumbf);
  if (claim !== null) options.onStatement(covered(claim.credentials, source));
  const binding = plain ? (claim?.binding ?? null) : null;
  const hash = binding === null ? null : await mediaHash(binding, source.size());
  try {
    return await proven({ source, promised, layout, reader, options, claim, hash, joined });
  } catch (error) {
    if (claim === null || !(error instanceof BytesError)) throw error;
    // What the manifest claims was read; only the rest of the bytes could not be.
    const { reason, detail } = fromError(error);
    return { ...claim.credentials, reason, detail };
  } finally {
    hash?.close();
  }
}

/** Verifies a file with the manifest store inside of it. */
async function verifyOwn(source: ByteSource, layout: Layout, start: Start, options: ReadOptions): Promise<Credentials> {
  const promised = askAhead(source, options);
  const reader = await start();
  if (reader === null) return emptyCredentials('unverified', 'engine-unavailable');
  const box = await manifestBox(source, layout, options.signal);
  if (box !== null && leadsNowhere(box, layout)) {
    return { ...emptyCredentials('malformed'), detail: 'offset of a Merkle box that is not there' };
  }
  const store = {
    jumbf: box?.jumbf ?? null,
    plain: box !== null && isPlain(box),
    joined: (file: Uint8Array<ArrayBuffer>) => file,
    promised,
  };
  return await verify(source, layout, reader, options, store);
}

/** Verifies a file with a manifest store that is kept elsewhere; where that can't be had, the link is all there is. */
async function verifyRemote(
  link: string,
  source: ByteSource,
  layout: Layout,
  start: Start,
  options: ReadOptions & Required<Pick<ReadOptions, 'remote'>>,
): Promise<Credentials> {
  let jumbf: Uint8Array<ArrayBuffer>;
  try {
    jumbf = await remoteStore(link, options.remote, options.signal);
  } catch (error) {
    if (!(error instanceof BytesError)) throw error;
    return { ...emptyCredentials('remote', error.reason), detail: hostOf(link) };
  }
  const reader = await start();
  if (reader === null) return emptyCredentials('unverified', 'engine-unavailable');
  const store = {
    jumbf,
    plain: false,
    joined: (file: Uint8Array<ArrayBuffer>) => withStore(file, jumbf),
    promised: askAhead(source, options),
  };
  return await verify(source, layout, reader, options, store);
}

async function withoutOwn(
  source: ByteSource,
  layout: Layout,
  start: Start,
  options: ReadOptions,
): Promise<Credentials> {
  const { remote, signal } = options;
  const found = await withoutManifest(source, layout, signal);
  if (found.state !== 'remote' || remote === undefined) return found;
  // The verifier takes a store from outside of the file only inside of a box.
  if (layout.container !== 'bmff') return { ...found, reason: 'container' };
  const link = await manifestLink(source, layout, signal);
  return link === null ? found : await verifyRemote(link, source, layout, start, { ...options, remote });
}

/** Adds which bytes were read; what was read twice counts once. */
function covered(credentials: Credentials, source: ByteSource): Credentials {
  const total = source.size();
  const bytes_read = total === null ? source.bytesRead() : Math.min(source.bytesRead(), total);
  const coverage = { ...credentials.coverage, bytes_read, bytes_total: total };
  return { ...credentials, coverage };
}

/**
 * Credentials of a file. Never throws: whatever goes wrong is a state with its reason.
 * @param start starts the verifier; called only when there is a manifest store. Null: it can't be had.
 */
export async function readCredentials(source: ByteSource, start: Start, options: ReadOptions): Promise<Credentials> {
  const lane = async (): Promise<Credentials> => {
    const layout = await layoutOf(source, options.signal);
    if (layout.c2pa.length === 0) return await withoutOwn(source, layout, start, options);
    if (isSegment(layout)) return emptyCredentials('streamed');
    return await verifyOwn(source, layout, start, options);
  };
  const failed = (error: unknown): Credentials => {
    if (error instanceof EngineFailure) options.onBroken?.();
    return fromError(error);
  };
  return covered(await lane().catch(failed), source);
}
