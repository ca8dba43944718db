/** Draws a line over a clip, encodes it as sites do, and gives whole frames of the result. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureSize } from '../../src/contract/frames';
import type { Picture } from '../../src/engine/marks/types';
import { even, overlayOf } from './overlay';

/** Frames a second that are encoded, and the ones that are looked at (as `pictureSteps` has them of two seconds). */
const RATE = 8;
const STEPS = [1, 7, 10, 15];

export interface Place {
  x: string;
  y: string;
}

export interface Drawing {
  text: string;
  font: string;
  /** Of the line, in parts of the short side. */
  height: number;
  opacity: number;
  /** Two: it jumps from one to the other after a second. */
  places: Place[];
  crf: number;
  shortSide: number;
  /** Key of `SIGNS`: it stands before the text, both with one soft shadow. */
  sign?: string;
  /** A user's name below the text of a sign. */
  user?: string;
}

export interface Clip {
  path: string;
  width: number;
  height: number;
}

export const fontOf = (name: string): string =>
  execFileSync('fc-match', ['-f', '%{family}|%{file}', name], { encoding: 'utf8' });

function ffmpeg(args: string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', '-y', '-threads', '1', ...args], { maxBuffer: 1 << 28 });
}

/** Frames of a file, at the size at which the picture reader takes them. */
function framesOf(file: string, size: { width: number; height: number }, steps: readonly number[]): Picture[] {
  const { width, height } = pictureSize(size.width, size.height);
  const chosen = steps.map((step) => `eq(n,${step})`).join('+');
  const filters = `fps=${RATE},select='${chosen}',scale=${width}:${height}:flags=bilinear`;
  const raw = ffmpeg(['-i', file, '-vf', filters, '-vsync', '0', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-']);
  const bytes = width * height * 4;
  return Array.from({ length: Math.floor(raw.length / bytes) }, (_, i) => ({
    time_s: (steps[i] ?? 0) / RATE,
    width,
    height,
    rgba: new Uint8ClampedArray(raw.subarray(i * bytes, (i + 1) * bytes)),
  }));
}

export const plainFrames = ({ path, ...size }: Clip): Picture[] => framesOf(path, size, STEPS);

export function drawnFrames(clip: Clip, drawing: Drawing): Picture[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-marks-'));
  try {
    const scale = drawing.shortSide / Math.min(clip.width, clip.height);
    const size = { width: even(clip.width * scale), height: even(clip.height * scale) };
    const file = join(folder, 'drawn.mkv');
    const { inputs, filters } = overlayOf(drawing, folder);
    const graph = `[0:v]fps=${RATE},scale=${size.width}:${size.height},${filters}`;
    const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(drawing.crf), '-pix_fmt', 'yuv420p'];
    ffmpeg(['-i', clip.path, ...inputs, '-filter_complex', graph, '-an', ...codec, file]);
    return framesOf(file, size, STEPS);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
