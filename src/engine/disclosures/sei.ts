/** SEI messages of the first H.264 sample: length-prefixed NAL units in front of its picture (ISO/IEC 14496-15). */
import { BLOCK } from '../bytes/block-cache';
import { hex, u32 } from '../bytes/bytes';
import type { FrugalSource } from '../bytes/frugal-source';
import type { Layout } from '../bytes/layout';
import { BytesError } from '../bytes/source';
import type { ByteSource } from '../bytes/source';
import type { SeiMessage } from './facts';
import { firstSample } from './first-sample';

/**
 * What a file may cost altogether so that its messages are still looked for. Nearly all files have none, so no
 * more is read on than this; a generator's clip is seconds long, and its index lies well within.
 */
const BUDGET = 16 * 1024;
/** NAL units in front of a picture, and bytes of one with messages, that are looked at. */
const MAX_UNITS = 16;
const MAX_MESSAGES = 4096;
const SEI = 6;
/** Types 1 to 5 hold the picture; messages on it stand before. */
const LAST_PICTURE = 5;
const UNREGISTERED = 5;

/** Takes out emulation prevention bytes (00 00 03). */
function unescape(nal: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const [i, byte] of nal.entries()) {
    if (byte === 3 && nal[i - 1] === 0 && nal[i - 2] === 0) continue;
    out.push(byte);
  }
  return Uint8Array.from(out);
}

/** All user_data_unregistered messages of one SEI NAL unit, header byte included. */
function messagesOf(nal: Uint8Array): SeiMessage[] {
  const bytes = unescape(nal.subarray(1));
  const found: SeiMessage[] = [];
  const varying = (at: number): { value: number; at: number } => {
    let value = 0;
    while (bytes[at] === 0xff) {
      value += 255;
      at++;
    }
    return { value: value + (bytes[at] ?? 0), at: at + 1 };
  };
  for (let at = 0; at + 2 < bytes.length;) {
    const type = varying(at);
    const size = varying(type.at);
    const body = bytes.subarray(size.at, size.at + size.value);
    if (type.value === UNREGISTERED && body.length >= 16) {
      found.push({ uuid: hex(body.subarray(0, 16)), payload: body.slice(16) });
    }
    at = size.at + size.value;
  }
  return found;
}

/** Messages of the sample at a place; null when what stands there is no H.264 sample. */
async function messagesAt(
  source: ByteSource,
  { start, end }: { start: number; end: number },
  signal: AbortSignal,
): Promise<SeiMessage[] | null> {
  const found: SeiMessage[] = [];
  let at = start;
  for (let units = 0; units < MAX_UNITS && at + 5 < end; units++) {
    const head = await source.read(at, at + 5, signal);
    const length = u32(head, 0);
    const header = head[4] ?? 0;
    const type = header & 0x1f;
    // Sound that comes first, or another codec.
    if (length === 0 || (header & 0x80) !== 0 || at + 4 + length > end) return units === 0 ? null : found;
    if (type > 0 && type <= LAST_PICTURE) break;
    const body = Math.min(length, MAX_MESSAGES);
    if (type === SEI) found.push(...messagesOf(await source.read(at + 4, at + 4 + body, signal)));
    at += 4 + length;
  }
  return found;
}

/**
 * The first sample mostly opens `mdat`. Where it doesn't, the index tells where it is.
 * @throws {BytesError} when bytes can't be had
 */
export async function seiMessages(
  { spent, upTo }: FrugalSource,
  layout: Layout,
  signal: AbortSignal,
): Promise<SeiMessage[]> {
  const mdat = layout.boxes.find((b) => b.type === 'mdat');
  if (mdat === undefined) return [];
  // One look is always worth its block, also in a file that has cost more already.
  const source = upTo(Math.max(BUDGET, spent() + BLOCK));
  try {
    const first = await messagesAt(source, { start: mdat.body, end: mdat.end }, signal);
    if (first !== null) return first;
    const sample = await firstSample(source, layout, signal);
    return sample === null ? [] : ((await messagesAt(source, sample, signal)) ?? []);
  } catch (error) {
    if (error instanceof BytesError && error.reason === 'too-large') return [];
    throw error;
  }
}
