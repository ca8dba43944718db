/** Gathers frames as they play into windows: 8 frames about 0.25 s apart inside one shot. */
import { FRAME_STEP_S, WINDOW_FRAMES } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import { letBlobGo } from '../let-go';
import { isCut, thumb } from './cut';
import { forget, glance } from './glance';
import type { Glance } from './glance';

/** How far a step between two frames of a window may be from 0.25 s. */
export const STEP_TOLERANCE_S = 0.13;

export interface Gatherer {
  /**
   * Takes a frame, of which only a glance is kept.
   * @returns glances at the window (8 frames, by time) that it completes
   */
  add(frame: Frame): Glance[] | null;
  /** Frames so far of the window that is being filled: [have, need]. */
  progress(): [number, number];
  /** Drops all frames. */
  clear(): void;
}

/** An empty gatherer for one video. */
export function createGatherer(): Gatherer {
  let run: Glance[] = [];

  const clear = (): void => {
    run.forEach(forget);
    run = [];
  };

  /** A frame after a gap, a jump or a cut begins a new window. */
  const place = (frame: Frame, gap_s: number): void => {
    const last = run.at(-1);
    const small = thumb(frame);
    const isStep = Math.abs(gap_s - FRAME_STEP_S) <= STEP_TOLERANCE_S;
    if (last !== undefined && (!isStep || isCut(last, { side: frame.side, thumb: small }))) clear();
    run.push(glance(frame, run.length, small));
  };

  return {
    add: (frame) => {
      const gap_s = frame.time_s - (run.at(-1)?.time_s ?? -Infinity);
      const isNew = Math.abs(gap_s) >= FRAME_STEP_S - STEP_TOLERANCE_S;
      if (isNew) place(frame, gap_s);
      letBlobGo(frame.rgba);
      if (run.length < WINDOW_FRAMES) return null;
      const full = run;
      run = [];
      return full;
    },
    progress: () => [run.length, WINDOW_FRAMES],
    clear,
  };
}
