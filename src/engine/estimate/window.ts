/** Gathers frames, in any order of arrival, into windows: 8 frames about 0.25 s apart inside one shot. */
import { FRAME_STEP_S, WINDOW_FRAMES } from '../../contract/frames';
import type { Frame } from '../../contract/frames';
import { CUT_LIMIT, cutDistance, thumb } from './cut';
import type { Thumb } from './cut';

/** How far a step between two frames of a window may be from 0.25 s. */
export const STEP_TOLERANCE_S = 0.13;
/** Frames that are kept while no window is complete; the ones that arrived first go first. */
export const MAX_PENDING = 24;

export interface Gatherer {
  /**
   * Takes a frame.
   * @returns the windows (8 frames, by time) that it completes: none or one
   */
  add(frame: Frame): Frame[] | null;
  /** Frames so far of the window that is being filled: [have, need]. */
  progress(): [number, number];
  /** True when a cut was met between two frames that could have shared a window. */
  sawCut(): boolean;
  /** Drops all frames. */
  clear(): void;
}

interface Entry {
  frame: Frame;
  thumb: Thumb;
  arrival: number;
}

/** Can `b` follow `a` in a window? `cut` when only the picture speaks against it. */
function step(a: Entry, b: Entry): 'yes' | 'no' | 'cut' {
  const gap = b.frame.time_s - a.frame.time_s;
  if (Math.abs(gap - FRAME_STEP_S) > STEP_TOLERANCE_S) return 'no';
  if (a.frame.side !== b.frame.side || cutDistance(a.thumb, b.thumb) > CUT_LIMIT) return 'cut';
  return 'yes';
}

/** Splits entries (by time) into runs whose members can follow each other. */
function runsOf(entries: readonly Entry[], onCut: () => void): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const follows = last === undefined ? 'no' : step(last, entry);
    if (follows === 'cut') onCut();
    if (run !== undefined && follows === 'yes') run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

/** An empty gatherer for one video. */
export function createGatherer(): Gatherer {
  let entries: Entry[] = [];
  let arrivals = 0;
  let cut = false;
  const onCut = (): void => {
    cut = true;
  };

  const place = (frame: Frame): void => {
    const same = entries.findIndex((e) => Math.abs(e.frame.time_s - frame.time_s) < FRAME_STEP_S - STEP_TOLERANCE_S);
    if (same >= 0) return;
    entries.push({ frame, thumb: thumb(frame), arrival: arrivals++ });
    entries.sort((a, b) => a.frame.time_s - b.frame.time_s);
    if (entries.length <= MAX_PENDING) return;
    const oldest = Math.min(...entries.map((e) => e.arrival));
    entries = entries.filter((e) => e.arrival !== oldest);
  };

  return {
    add: (frame) => {
      place(frame);
      const full = runsOf(entries, onCut).find((run) => run.length >= WINDOW_FRAMES);
      if (full === undefined) return null;
      const taken = full.slice(0, WINDOW_FRAMES);
      entries = entries.filter((e) => !taken.includes(e));
      return taken.map((e) => e.frame);
    },
    progress: () => [Math.max(0, ...runsOf(entries, onCut).map((run) => run.length)), WINDOW_FRAMES],
    sawCut: () => cut,
    clear: () => {
      entries = [];
    },
  };
}
