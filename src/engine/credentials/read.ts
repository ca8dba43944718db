/** The credentials lane: walks the file, and asks the verifier only where there is something to verify. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { layoutOf } from '../bytes/layout';
import type { Layout } from '../bytes/layout';
import { BytesError } from '../bytes/source';
import type { ByteSource } from '../bytes/source';
import { hostOf } from './classify';
import { readC2paBox } from './jumbf';
import type { C2paBox } from './jumbf';
import type { CredentialsReader } from './reader';
import { provenanceLink } from './remote';
import { EngineFailure } from './sdk';

export interface ReadOptions {
  /** A larger file is not read whole: `unverified`, `too-large`. */
  limitBytes: number;
  signal: AbortSignal;
  /** What is claimed, before all bytes are read. */
  onStatement(credentials: Credentials): void;
  onProgress(read: number, total: number | null): void;
  /** Called before a synchronous step of the verifier, with the bytes it has to go through. */
  onVerify(bytes: number): void;
  /** The verifier broke and has to be started anew. */
  onBroken?(): void;
}

/** A manifest store larger than this is not looked at ahead of the whole file. */
const MAX_JUMBF = 16 * 1024 * 1024;

function fromError(error: unknown): Credentials {
  // A fault of ours or of the verifier is no fault of the file.
  if (!(error instanceof BytesError)) {
    return { ...emptyCredentials('unverified', 'engine-unavailable'), detail: String(error).slice(0, 200) };
  }
  const { reason, detail } = error;
  const state = reason === 'stopped' || reason === 'too-large' ? 'unverified' : 'unreachable';
  return { ...emptyCredentials(state, reason), detail };
}

/** A file in whose walk one of these was met is a video. */
const MEDIA_BOXES = ['moov', 'moof', 'mdat'];

async function withoutManifest(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Credentials> {
  switch (layout.container) {
    case 'playlist':
      return emptyCredentials('streamed');
    case 'matroska':
    case 'other-media':
      return emptyCredentials('unsupported', 'container');
    case 'not-media': {
      const isPage = /^(text|application\/(json|xml|xhtml))/.test(source.contentType() ?? '');
      return emptyCredentials(isPage ? 'unreachable' : 'unsupported', 'not-media');
    }
    case 'avi':
    case 'bmff': {
      const link = await provenanceLink(source, layout, signal);
      if (link !== null) return { ...emptyCredentials('remote'), detail: hostOf(link) };
      if (layout.end === 'partial') return emptyCredentials('unverified', 'partial');
      const isVideo = layout.container === 'avi' || layout.boxes.some((b) => MEDIA_BOXES.includes(b.type));
      // A few boxes and then something else: not all places that can hold credentials were seen.
      return layout.end === 'broken' && !isVideo
        ? emptyCredentials('unsupported', 'not-media')
        : emptyCredentials('none');
    }
  }
}

const isSegment = (layout: Layout): boolean => layout.boxes[0]?.type === 'styp' || layout.boxes[0]?.type === 'moof';

async function manifestBox(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<C2paBox | null> {
  for (const box of layout.c2pa) {
    if (box.end - box.body > MAX_JUMBF) continue;
    const body = await source.read(box.body, box.end, signal);
    const found = layout.container === 'avi' ? { jumbf: body, merkleOffset: 0 } : readC2paBox(body);
    if (found !== null) return found;
  }
  return null;
}

/**
 * An offset that leads to no Merkle box breaks the rules. No hash covers it and the SDK doesn't look, so it
 * is the one trace of a box that was tampered with.
 */
const leadsNowhere = ({ merkleOffset }: C2paBox, layout: Layout): boolean =>
  merkleOffset !== 0 && !layout.c2pa.some((box) => box.start === merkleOffset);

async function verify(
  source: ByteSource,
  layout: Layout,
  reader: CredentialsReader,
  options: ReadOptions,
): Promise<Credentials> {
  const { signal, limitBytes, onStatement, onProgress, onVerify } = options;
  const box = await manifestBox(source, layout, signal);
  if (box !== null && leadsNowhere(box, layout)) {
    return { ...emptyCredentials('malformed'), detail: 'offset of a Merkle box that is not there' };
  }
  const jumbf = box?.jumbf ?? null;
  const claim = jumbf === null ? null : await reader.claim(jumbf);
  if (claim !== null) onStatement(covered(claim, source));
  let bytes: Blob;
  try {
    bytes = await source.whole(limitBytes, signal, onProgress);
  } catch (error) {
    const failed = fromError(error);
    // What the manifest claims was read; only the rest of the bytes could not be.
    return claim === null ? failed : { ...claim, reason: failed.reason, detail: failed.detail };
  }
  onVerify(bytes.size);
  return await reader.judge({
    format: layout.container === 'avi' ? 'video/avi' : 'video/mp4',
    bytes: new Uint8Array(await bytes.arrayBuffer()),
    jumbf,
    completeness: {
      whole: layout.end !== 'partial' && (source.size() ?? bytes.size) <= bytes.size,
      hasC2pa: true,
      hasMedia: layout.container === 'avi' || layout.boxes.some((b) => b.type === 'mdat' || b.type === 'moof'),
    },
  });
}

/** Adds which bytes were read; what was read twice counts once. */
function covered(credentials: Credentials, source: ByteSource): Credentials {
  const total = source.size();
  const bytes_read = total === null ? source.bytesRead() : Math.min(source.bytesRead(), total);
  return { ...credentials, coverage: { bytes_read, bytes_total: total, seconds_checked: [] } };
}

/**
 * Credentials of a file. Never throws: whatever goes wrong is a state with its reason.
 * @param start starts the verifier; called only when the file holds a C2PA box. Null: it can't be had.
 */
export async function readCredentials(
  source: ByteSource,
  start: () => Promise<CredentialsReader | null>,
  options: ReadOptions,
): Promise<Credentials> {
  const lane = async (): Promise<Credentials> => {
    const layout = await layoutOf(source, options.signal);
    if (layout.c2pa.length === 0) return await withoutManifest(source, layout, options.signal);
    if (isSegment(layout)) return emptyCredentials('streamed');
    const reader = await start();
    if (reader === null) return emptyCredentials('unverified', 'engine-unavailable');
    return await verify(source, layout, reader, options);
  };
  const failed = (error: unknown): Credentials => {
    if (error instanceof EngineFailure) options.onBroken?.();
    return fromError(error);
  };
  return covered(await lane().catch(failed), source);
}
