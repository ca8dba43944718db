/** The credentials lane: walks the file, and asks the verifier only where there is something to verify. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import type { RawManifest } from '../../contract/messages';
import { bytesSource } from '../bytes/bytes-source';
import { TO_THE_END, walkBoxes } from '../bytes/boxes';
import { layoutOf } from '../bytes/layout';
import type { Layout } from '../bytes/layout';
import { BytesError } from '../bytes/source';
import type { ByteSource } from '../bytes/source';
import { hostOf } from './classify';
import { leadsNowhere, manifestBox } from './manifest-box';
import type { CredentialsReader } from './reader';
import { manifestLink, remoteStore, withStore } from './remote';
import { EngineFailure } from './sdk';
import { withoutManifest } from './without-manifest';

export interface ReadOptions {
  /** A larger file is not read whole: `unverified`, `too-large`. */
  limitBytes: number;
  signal: AbortSignal;
  /** What is claimed, before all bytes are read. */
  onStatement(credentials: Credentials): void;
  onProgress(read: number, total: number | null): void;
  /** The user asks for credentials that are kept elsewhere: opens their address, as data and without cookies. */
  remote?(link: string): ByteSource;
  /** What the manifest store holds beside the label. */
  onManifest?(manifest: RawManifest): void;
  /** Called before a synchronous step of the verifier, with the bytes it has to go through. */
  onVerify(bytes: number): void;
  /** The verifier broke and has to be started anew. */
  onBroken?(): void;
}

function fromError(error: unknown): Credentials {
  // A fault of ours or of the verifier is no fault of the file.
  if (!(error instanceof BytesError)) {
    return { ...emptyCredentials('unverified', 'engine-unavailable'), detail: String(error).slice(0, 200) };
  }
  const { reason, detail } = error;
  const state = reason === 'stopped' || reason === 'too-large' ? 'unverified' : 'unreachable';
  return { ...emptyCredentials(state, reason), detail };
}

const isSegment = (layout: Layout): boolean => layout.boxes[0]?.type === 'styp' || layout.boxes[0]?.type === 'moof';

/** How the file ends; many fragments are walked only now that they are at hand. */
async function endOf(layout: Layout, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Layout['end']> {
  if (layout.end !== 'long') return layout.end;
  return (await walkBoxes(bytesSource(bytes), 0, null, signal, TO_THE_END)).end;
}

interface Store {
  /** By itself, where it was found. */
  jumbf: Uint8Array<ArrayBuffer> | null;
  /** The file as the verifier has to see it: with its manifest store inside. */
  joined(file: Uint8Array<ArrayBuffer>): Uint8Array;
}

async function verify(
  source: ByteSource,
  layout: Layout,
  reader: CredentialsReader,
  options: ReadOptions,
  { jumbf, joined }: Store,
): Promise<Credentials> {
  const { signal, limitBytes, onStatement, onProgress, onVerify } = options;
  const claim = jumbf === null ? null : await reader.claim(jumbf);
  if (claim !== null) onStatement(covered(claim, source));
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await source.whole(limitBytes, signal, onProgress);
  } catch (error) {
    const failed = fromError(error);
    // What the manifest claims was read; only the rest of the bytes could not be.
    return claim === null ? failed : { ...claim, reason: failed.reason, detail: failed.detail };
  }
  onVerify(bytes.length);
  return await reader.judge({
    format: layout.container === 'avi' ? 'video/avi' : 'video/mp4',
    bytes: joined(bytes),
    jumbf,
    completeness: {
      whole: (source.size() ?? bytes.length) <= bytes.length && (await endOf(layout, bytes, signal)) !== 'partial',
      hasC2pa: true,
      hasMedia: layout.container === 'avi' || layout.boxes.some((b) => b.type === 'mdat' || b.type === 'moof'),
    },
    ...(options.onManifest === undefined ? {} : { onManifest: options.onManifest }),
  });
}

/** Verifies a file with the manifest store inside of it. */
async function verifyOwn(
  source: ByteSource,
  layout: Layout,
  reader: CredentialsReader,
  options: ReadOptions,
): Promise<Credentials> {
  const box = await manifestBox(source, layout, options.signal);
  if (box !== null && leadsNowhere(box, layout)) {
    return { ...emptyCredentials('malformed'), detail: 'offset of a Merkle box that is not there' };
  }
  return await verify(source, layout, reader, options, { jumbf: box?.jumbf ?? null, joined: (file) => file });
}

type Start = () => Promise<CredentialsReader | null>;

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
  return await verify(source, layout, reader, options, { jumbf, joined: (file) => withStore(file, jumbf) });
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
  return { ...credentials, coverage: { bytes_read, bytes_total: total, seconds_checked: [] } };
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
    const reader = await start();
    if (reader === null) return emptyCredentials('unverified', 'engine-unavailable');
    return await verifyOwn(source, layout, reader, options);
  };
  const failed = (error: unknown): Credentials => {
    if (error instanceof EngineFailure) options.onBroken?.();
    return fromError(error);
  };
  return covered(await lane().catch(failed), source);
}
