/** Runs the picture reader over drawn and over real clips, and keeps what it found, so that a run can go on later. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findMarks } from '../../src/engine/marks/find';
import { nameOf } from '../../src/engine/marks/vote';
import type { Picture } from '../../src/engine/marks/types';
import { readerInNode } from '../engine/support/pictures';
import { drawnFrames, plainFrames } from './draw';
import type { Clip, Drawing } from './draw';
import { isHeldOut } from './held-out';
import { drawnSamples, friendSamples, signedSamples } from './plan';
import { report } from './report';

export interface Row {
  part: 'drawn' | 'friends' | 'real' | 'marked';
  id: string;
  /** Of a real clip: its source, and what a person saw on it. */
  group?: string;
  overlay?: string;
  text?: string;
  wanted: string | null;
  found: string[];
  read: string[];
  cpu_ms: number;
  /** Measured in two runs: lines of text in one, the sign in another; nothing was found in either. */
  apart?: boolean;
  drawing?: Pick<Drawing, 'height' | 'opacity' | 'crf' | 'shortSide' | 'sign'> & { jumps: boolean; font: string };
}

export interface Options {
  data: string;
  results: string;
  perMark: number;
  friends: number;
  only: readonly string[];
  say(text: string): void;
}

interface Listed {
  id: string;
  file: string;
  width: number;
  height: number;
  label: string;
  stratum: string;
  family: string;
  overlay: string;
  group: string;
}

/** Marks of the real clips by what a person wrote down of them; null where there are no words to read. */
function ownerSeen({ overlay, family }: Listed): string | null {
  if (/Runway/.test(overlay)) return 'runway';
  if (/Sora/.test(overlay) && family === 'sora-2') return 'sora';
  if (/Lumiere/.test(overlay)) return 'lumiere';
  if (/Pika/.test(overlay)) return 'pika';
  if (/Moonvalley/.test(overlay)) return 'moonvalley';
  if (/Morph/.test(overlay)) return 'morph';
  if (/Kling/.test(overlay)) return 'kling';
  return /Veo watermark/.test(overlay) ? 'veo' : null;
}

const rowsOf = (file: string): Row[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Row)
    : [];

export async function main({ data, results, perMark, friends, only, say }: Options): Promise<string> {
  mkdirSync(dirname(results), { recursive: true });
  const done = new Set(rowsOf(results).map(({ part, id }) => `${part} ${id}`));
  const listed = readFileSync(join(data, 'manifest.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Listed);
  const clipOf = ({ file, width, height }: Listed): Clip => ({ path: join(data, file), width, height });
  const real = listed.filter(({ label }) => label === 'real');
  const cameras = real.filter(({ stratum }) => stratum === 'main');
  const canvases = cameras.map(clipOf);
  const heldOut = cameras.filter(({ group }) => isHeldOut(group)).map(clipOf);
  const reader = readerInNode();

  const run = async (row: Omit<Row, 'found' | 'read' | 'cpu_ms' | 'apart'>, frames: () => Picture[]): Promise<void> => {
    if (done.has(`${row.part} ${row.id}`) || (only.length > 0 && !only.includes(row.part))) return;
    const pictures = frames();
    const before = process.cpuUsage();
    const found = await findMarks(reader, pictures);
    const { user, system } = process.cpuUsage(before);
    const told = { found: found.map((f) => nameOf(f.match)), read: found.map((f) => f.best.text) };
    appendFileSync(results, `${JSON.stringify({ ...row, ...told, cpu_ms: Math.round((user + system) / 1000) })}\n`);
    say(`${row.part} ${row.id}: ${told.found.join() || '-'}`);
  };

  for (const clip of listed) {
    const wanted = ownerSeen(clip);
    const { id, overlay } = clip;
    if (wanted !== null) await run({ part: 'marked', id, overlay, wanted }, () => plainFrames(clipOf(clip)));
  }
  for (const { id, wanted, clip, drawing } of [
    ...signedSamples(heldOut, perMark),
    ...friendSamples(canvases, friends),
    ...drawnSamples(canvases, perMark),
  ]) {
    const { text, height, opacity, crf, shortSide, places } = drawing;
    const part = wanted === null ? 'friends' : 'drawn';
    const kept = {
      ...{
        height,
        opacity,
        crf,
        shortSide,
        jumps: places.length > 1,
        font: basename(drawing.font).replace(/\.\w+$/, ''),
      },
      ...(drawing.sign === undefined ? {} : { sign: drawing.sign }),
    };
    await run({ part, id, text, wanted, drawing: kept }, () => drawnFrames(clip, drawing));
  }
  for (const clip of real) {
    const { id, group, overlay } = clip;
    await run({ part: 'real', id, group, overlay, wanted: null }, () => plainFrames(clipOf(clip)));
  }
  return report(rowsOf(results));
}
