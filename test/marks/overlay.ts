/** The filters that lay a mark over a clip: a line of text, or a sign with its word. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drawing, Place } from './draw';
import { SIGNS, signMask } from './signs';

/** Sides of a picture of 4:2:0 are even. */
export const even = (value: number): number => Math.round(value / 2) * 2;

/** What a filter graph needs beside the clip: files of a folder, and their arguments. */
interface Overlay {
  inputs: string[];
  filters: string;
}

const enabled = (places: readonly Place[], i: number): string =>
  places.length === 1 ? '' : `:enable='${i === 0 ? 'lt(t,1)' : 'gte(t,1)'}'`;

function written(text: string, font: string, size: number, folder: string): string {
  const file = join(folder, `${Buffer.from(text).toString('hex')}.txt`);
  writeFileSync(file, text);
  return `drawtext=fontfile='${font}':textfile='${file}':fontsize=${Math.round(size)}`;
}

function plainText({ text, font, opacity, places }: Drawing, size: number, folder: string): Overlay {
  const shadow = Math.max(1, Math.round(size / 18));
  const look =
    `${written(text, font, size, folder)}:fontcolor=white@${opacity.toFixed(2)}` +
    `:shadowcolor=black@${(opacity * 0.5).toFixed(2)}:shadowx=${shadow}:shadowy=${shadow}`;
  return { inputs: [], filters: places.map(({ x, y }, i) => `${look}:x=${x}:y=${y}${enabled(places, i)}`).join(',') };
}

/** Width of a sign in a line of text, about. */
const SIGN_WIDTH = 0.62;
/** A user's name below the word: its size, and how far both are from the middle, in parts of the word's size. */
const USER = { size: 0.62, off: 0.44 };

/** The whole mark is one mask, painted white over its own blurred shadow. */
function signed(drawing: Drawing, name: string, size: number, folder: string): Overlay {
  const { text, font, opacity, places, user } = drawing;
  const sign = SIGNS[name];
  if (sign === undefined) throw new RangeError(`no sign ${name}`);
  const side = Math.round(sign.size * size);
  const margin = Math.ceil(size / 4);
  const left = Math.round((sign.size + sign.gap) * size);
  const letters = Math.max(text.length, (user?.length ?? 0) * USER.size);
  const [width, height] = [even(left + letters * SIGN_WIDTH * size + margin), even(Math.max(side, size * 2) + margin)];
  const mask = join(folder, 'mask.gray');
  writeFileSync(mask, signMask(sign.shape, side, width, height));
  const off = user === undefined ? 0 : USER.off * size;
  const words = [
    `${written(text, font, size, folder)}:fontcolor=white:x=${left}:y=(h-th)/2-${off}`,
    ...(user === undefined
      ? []
      : [`${written(user, font, size * USER.size, folder)}:fontcolor=white:x=${left}:y=(h-th)/2+${off}`]),
  ];
  const paint = (colour: number, alpha: number): string =>
    `format=rgba,colorchannelmixer=rr=${colour}:gg=${colour}:bb=${colour}:ar=${alpha}:aa=0`;
  const over = (layer: string, alpha: string): string[] =>
    places.map(({ x, y }, i) => {
      const at = [x, y].map((e) => e.replaceAll('tw', 'overlay_w').replaceAll('th', 'overlay_h'));
      const [ax, ay] = at.map((e) => e.replace(/\bw\b/g, 'main_w').replace(/\bh\b/g, 'main_h'));
      return `[${layer}${i}]overlay=x='${ax}':y='${ay}':format=yuv444:alpha=${alpha}${enabled(places, i)}`;
    });
  const copies = (layer: string): string => `split=${places.length}${places.map((_, i) => `[${layer}${i}]`).join('')}`;
  const chain = [...over('s', 'straight'), ...over('m', 'premultiplied')];
  const made = [
    `[1:v]${words.join(',')},split[one][two]`,
    `[one]gblur=sigma=${(size / 12).toFixed(2)},${paint(0, opacity * 0.5)},${copies('s')}`,
    `[two]${paint(opacity, opacity)},${copies('m')}`,
  ];
  const layers = chain.map((step, i) => `[l${i}]${step}[l${i + 1}]`);
  return {
    inputs: ['-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', `${width}x${height}`, '-i', mask],
    filters: `null[l0];${[...made, ...layers].join(';')};[l${chain.length}]null`,
  };
}

export function overlayOf(drawing: Drawing, folder: string): Overlay {
  const size = Math.max(4, Math.round(drawing.height * drawing.shortSide));
  return drawing.sign === undefined ? plainText(drawing, size, folder) : signed(drawing, drawing.sign, size, folder);
}
