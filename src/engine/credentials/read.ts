/** The credentials lane: walks the file, and asks the verifier only where there is something to verify. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { layoutOf } from '../bytes/layout';
import type { Layout } from '../bytes/layout';
import { BytesError } from '../bytes/source';
import type { ByteSource } from '../bytes/source';
import { isPlain, leadsNowhere, manifestBox } from './manifest-box';
import { mediaHash } from './media-hash';
import { proven } from './prove';
import type { ReadOptions } from './prove';
import type { CredentialsReader } from './reader';
import { EngineFailure } from './sdk';
import { withoutManifest } from './without-manifest';

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

async function verify(
  source: ByteSource,
  layout: Layout,
  reader: CredentialsReader,
  options: ReadOptions,
): Promise<Credentials> {
  const box = await manifestBox(source, layout, options.signal);
  if (box !== null && leadsNowhere(box, layout)) {
    return { ...emptyCredentials('malformed'), detail: 'offset of a Merkle box that is not there' };
  }
  const claim = box === null ? null : await reader.claim(box.jumbf);
  if (claim !== null) options.onStatement(covered(claim.credentials, source));
  const binding = box !== null && isPlain(box) ? (claim?.binding ?? null) : null;
  const hash = binding === null ? null : await mediaHash(binding);
  try {
    return await proven({ source, layout, reader, options, claim, hash });
  } catch (error) {
    if (claim === null || !(error instanceof BytesError)) throw error;
    // What the manifest claims was read; only the rest of the bytes could not be.
    const { reason, detail } = fromError(error);
    return { ...claim.credentials, reason, detail };
  }
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
