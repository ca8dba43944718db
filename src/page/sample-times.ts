/** When to take a frame: one each FRAME_STEP_S of media time, in windows that don't follow too fast. */
import { FRAME_STEP_S, MAX_WINDOWS, WINDOW_FRAMES } from '../contract/frames';

export const WINDOW_EVERY_MS = 2_000;
/** A step may be this much longer (the engine's own tolerance); after a longer one the window begins anew. */
const LATE_S = 0.13;
/** Frames a little early are taken: at 30 per second the step is met to half a frame. */
const EARLY_S = 0.02;

export interface SampleTimes {
  /** Whether the frame at this media time is wanted now. */
  wants(mediaTime_s: number, now_ms: number): boolean;
  /** That frame was taken. */
  took(mediaTime_s: number, now_ms: number): void;
  /** Complete windows so far. */
  windows(): number;
  /** How often the video has begun anew, or was taken back, in the midst of a window. */
  rounds(): number;
  /** Milliseconds until the next window may begin; 0 inside a window. */
  pause_ms(now_ms: number): number;
}

export function sampleTimes(): SampleTimes {
  let windows = 0;
  let have = 0;
  let last_s = 0;
  let rounds = 0;
  let begun_ms = -Infinity;
  /** When the last complete window began: broken ones don't count. */
  let complete_ms = -Infinity;

  const step = (time_s: number): number => time_s - last_s;
  const isBroken = (time_s: number): boolean => time_s < last_s || step(time_s) > FRAME_STEP_S + LATE_S;
  const pause_ms = (now_ms: number): number => (have > 0 ? 0 : Math.max(0, complete_ms + WINDOW_EVERY_MS - now_ms));

  return {
    wants: (time_s, now_ms) => {
      if (windows >= MAX_WINDOWS) return false;
      if (have > 0 && isBroken(time_s)) {
        have = 0; // a jump, or frames were dropped
        if (time_s < last_s) rounds++;
      }
      return have === 0 ? pause_ms(now_ms) === 0 : step(time_s) >= FRAME_STEP_S - EARLY_S;
    },
    took: (time_s, now_ms) => {
      if (have === 0) begun_ms = now_ms;
      last_s = time_s;
      have++;
      if (have < WINDOW_FRAMES) return;
      windows++;
      have = 0;
      complete_ms = begun_ms;
    },
    windows: () => windows,
    rounds: () => rounds,
    pause_ms,
  };
}
