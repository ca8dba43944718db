/** The picture reader in Node: the same code and networks as in the extension's worker, with pictures from ffmpeg. */
import { execFileSync } from 'node:child_process';
import { pictureSize } from '../../../src/contract/frames';
import { textReader } from '../../../src/engine/marks/sessions';
import type { ReaderOptions } from '../../../src/engine/marks/sessions';
import type { TextReader } from '../../../src/engine/marks/reader';
import type { Picture } from '../../../src/engine/marks/types';
import { marksFiles } from '../../../scripts/marks/files.mjs';
import { slimRuntime } from '../../../scripts/runtime/slim.mjs';

const files = marksFiles();

export function readerInNode(change?: (name: string, bytes: Uint8Array<ArrayBuffer>) => void): TextReader {
  const load: ReaderOptions['load'] = (name) => {
    const bytes = new Uint8Array(files[name]);
    change?.(name, bytes);
    return Promise.resolve(bytes);
  };
  return textReader({ load, runtime: () => Promise.resolve(slimRuntime()) });
}

/** Whole frames of a clip at given times. */
export function picturesOf(
  path: string,
  size: { width: number; height: number },
  times_s: readonly number[],
): Picture[] {
  const { width, height } = pictureSize(size.width, size.height);
  return times_s.map((time_s) => {
    const filters = `scale=${width}:${height}:flags=bilinear`;
    const args = ['-v', 'error', '-ss', String(time_s), '-i', path, '-frames:v', '1', '-vf', filters];
    const rgba = execFileSync('ffmpeg', [...args, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'], { maxBuffer: 1 << 26 });
    return { time_s, width, height, rgba: new Uint8ClampedArray(rgba) };
  });
}
