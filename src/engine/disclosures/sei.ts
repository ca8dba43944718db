/** SEI messages of the first H.264 samples: length-prefixed NAL units at the start of `mdat` (ISO/IEC 14496-15). */
import { hex, u32 } from '../bytes/bytes';
import type { Layout } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import type { SeiMessage } from './facts';

const LOOK = 4096;
const SEI = 6;
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

/** @throws {BytesError} when bytes can't be had */
export async function seiMessages(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<SeiMessage[]> {
  const mdat = layout.boxes.find((b) => b.type === 'mdat');
  if (mdat === undefined) return [];
  const bytes = await source.read(mdat.body, Math.min(mdat.end, mdat.body + LOOK), signal);
  const found: SeiMessage[] = [];
  for (let at = 0; at + 5 < bytes.length;) {
    const length = u32(bytes, at);
    const header = bytes[at + 4] ?? 0;
    if (length === 0 || (header & 0x80) !== 0) break; // not a NAL unit: sound comes first, or another codec
    if ((header & 0x1f) === SEI) found.push(...messagesOf(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return found;
}
