/**
 * Whether a file that was read can be what a player shows. A server may hand out one file to the player and another
 * one to whoever asks next: by chance (an address of changing clips), or to have a label of its choice.
 */
import type { Subject } from '../contract/label';
import { layoutOf } from './bytes/layout';
import { presentationOf } from './bytes/presentation';
import type { Presentation, Size } from './bytes/presentation';
import type { ByteSource } from './bytes/source';

/** What the page's player says of its video. */
export type Shown = Pick<Subject, 'width' | 'height' | 'duration_s'>;

/** Coded sizes are whole blocks, and cropped by codecs' own means. */
const SIZE_SLACK_PX = 16;
const LENGTH_SLACK = { seconds: 0.5, share: 0.05 };

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= SIZE_SLACK_PX;

/** Pixels that aren't square change one side. */
const canBe = (size: Size, width: number, height: number): boolean =>
  isNear(size.width, width) || isNear(size.height, height);

/** Only what no player could make of this file counts: where it says nothing, or says several things, any will do. */
export function isOther({ durations_s, sizes }: Presentation, { width, height, duration_s }: Shown): boolean {
  if (width !== null && height !== null && sizes.length > 0) {
    if (!sizes.some((size) => canBe(size, width, height))) return true;
  }
  if (duration_s === null || durations_s.length === 0) return false;
  const slack = Math.max(LENGTH_SLACK.seconds, duration_s * LENGTH_SLACK.share);
  return !durations_s.some((length) => Math.abs(length - duration_s) <= slack);
}

/** The same of a file yet to be read. Never throws: what can't be read is for the lanes to say. */
export async function isOtherFile(source: ByteSource, shown: Shown, signal: AbortSignal): Promise<boolean> {
  try {
    const layout = await layoutOf(source, signal);
    return layout.container === 'bmff' && isOther(await presentationOf(source, layout, signal), shown);
  } catch {
    return false;
  }
}
