/** Which seconds the media of a stream's fragment fills. */
import { BufferSource, Input, MP4 } from 'mediabunny';
import { boxesIn } from './boxes';
import { u32 } from './bytes';

const TRUN = 0x7472756e;
const STTS = 0x73747473;

/** Samples of a list of runs of samples (`stts`), which begins behind its type. */
function samplesOfRuns(bytes: Uint8Array, at: number): number {
  let samples = 0;
  const runs = u32(bytes, at + 4);
  for (let i = 0; i < runs && at + 16 + i * 8 <= bytes.length; i++) samples += u32(bytes, at + 8 + i * 8);
  return samples;
}

/**
 * How many samples these boxes speak of, wherever in them: the library makes an object of each, and a number of four bytes
 * would fill all memory.
 */
function samplesIn(bytes: Uint8Array): number {
  let samples = 0;
  for (const { type, start, end } of boxesIn(bytes, 0, Infinity)) {
    for (let at = start; type !== 'mdat' && at + 12 <= end; at++) {
      const name = u32(bytes, at);
      if (name === TRUN) samples += u32(bytes, at + 8);
      if (name === STTS) samples += samplesOfRuns(bytes, at + 4);
    }
  }
  return samples;
}

/** @returns null when it can't be told */
export async function mediaTime(
  init: Uint8Array<ArrayBuffer>,
  fragment: Uint8Array<ArrayBuffer>,
  offset_s: number,
): Promise<[from: number, to: number] | null> {
  // Each sample has a byte at least.
  if (samplesIn(init) + samplesIn(fragment) > init.length + fragment.length) return null;
  const file = await new Blob([init, fragment]).arrayBuffer();
  const input = new Input({ source: new BufferSource(file), formats: [MP4] });
  try {
    const tracks = await input.getTracks();
    const track = tracks.find((t) => t.isVideoTrack()) ?? tracks[0];
    if (track === undefined) return null;
    const from = await track.getFirstTimestamp();
    const to = await track.computeDuration();
    return to > from ? [from + offset_s, to + offset_s] : null;
  } catch {
    return null; // broken media: the verifier has its own word on that
  } finally {
    input.dispose();
  }
}
