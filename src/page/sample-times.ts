/** When to take a frame: one each FRAME_STEP_S of media time, in windows that don't follow too fast. */
import { FRAME_STEP_S, WINDOW_FRAMES } from '../contract/frames';

export const MAX_WINDOWS = 5;
export const WINDOW_EVERY_MS = 2_000;
/** A frame may come this much after its moment; later, the window starts again at this frame. */
const TOLERANCE_S = 0.13;
/** Frames a little early are taken: at 30 per second the grid is met to half a frame. */
const EARLY_S = 0.02;

export interface SampleTimes {
  /** Whether the frame at this media time is one to take. */
  take(mediaTime_s: number, now_ms: number): boolean;
  /** No further frame will be taken. */
  isDone(): boolean;
}

export function sampleTimes(): SampleTimes {
  let windows = 0;
  let have = 0;
  let start_s = 0;
  let started_ms = -Infinity;

  const begin = (time_s: number, now_ms: number): boolean => {
    if (windows >= MAX_WINDOWS || now_ms - started_ms < WINDOW_EVERY_MS) return false;
    start_s = time_s;
    started_ms = now_ms;
    have = 1;
    return true;
  };

  return {
    take: (time_s, now_ms) => {
      if (have === 0) return begin(time_s, now_ms);
      const late = time_s - (start_s + have * FRAME_STEP_S);
      if (late < -EARLY_S && time_s >= start_s) return false;
      if (Math.abs(late) > TOLERANCE_S) {
        have = 0; // a jump, or frames were dropped
        return begin(time_s, now_ms);
      }
      have++;
      if (have === WINDOW_FRAMES) {
        windows++;
        have = 0;
      }
      return true;
    },
    isDone: () => windows >= MAX_WINDOWS,
  };
}
