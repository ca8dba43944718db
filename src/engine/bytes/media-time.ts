/** Which seconds the media of a stream's fragment fills. */
import { BufferSource, Input } from 'mediabunny';
import { boundedMp4 } from './bounded-samples';

/** @returns null when it can't be told */
export async function mediaTime(
  init: Uint8Array<ArrayBuffer>,
  fragment: Uint8Array<ArrayBuffer>,
  offset_s: number,
): Promise<[from: number, to: number] | null> {
  const file = await new Blob([init, fragment]).arrayBuffer();
  const most = file.byteLength; // each sample has a byte at least
  const formats = [boundedMp4({ atOnce: most, inAll: most })];
  const input = new Input({ source: new BufferSource(file), formats });
  try {
    const tracks = await input.getTracks();
    const track = tracks.find((t) => t.isVideoTrack()) ?? tracks[0];
    if (track === undefined) return null;
    const from = await track.getFirstTimestamp();
    const to = await track.computeDuration();
    return to > from ? [from + offset_s, to + offset_s] : null;
  } catch {
    return null; // broken media, or too much of it: the verifier has its own word on that
  } finally {
    input.dispose();
  }
}
