/** Sizes of what is shipped: the two packages and what is in them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench';
import { atMost } from './stats';
import type { Measure } from './stats';

/** In every frame; with the third one in frames with a video. */
const CONTENT = ['page.js', 'page-hook.js', 'videos.js'];
const FILES = [...CONTENT, 'panel.js', 'rows.js', 'background.js', 'bytes-worker.js', 'pixels-worker.js'];
const FOLDERS = ['wasm', 'model'];

const size = (path: string): number => statSync(path).size;

export function measureSizes({ browser }: Bench): Promise<Measure[]> {
  const name = browser === 'firefox' ? 'firefox' : 'chrome';
  execFileSync(process.execPath, ['scripts/pack.mjs'], { stdio: 'ignore' });
  const zip = readdirSync('dist').find((file) => file.startsWith(`assay-${name}-`) && file.endsWith('.zip'));
  if (zip === undefined) throw new Error('npm run pack made no package');
  const folder = join('dist', name);
  const inside = FOLDERS.flatMap((sub) => readdirSync(join(folder, sub)).map((file) => join(sub, file)));
  return Promise.resolve([
    { name: 'package (zip)', unit: 'MB', values: [size(join('dist', zip)) / 1e6], target: atMost(24, '<= 24 MB') },
    {
      name: 'content script of a frame with a video (page.js, page-hook.js, videos.js)',
      unit: 'KB',
      values: [CONTENT.reduce((sum, file) => sum + size(join(folder, file)), 0) / 1024],
      target: atMost(40, '<= 40 KB'),
    },
    ...[...FILES, ...inside].map((file): Measure => ({
      name: file,
      unit: 'KB',
      values: [size(join(folder, file)) / 1024],
    })),
  ]);
}
