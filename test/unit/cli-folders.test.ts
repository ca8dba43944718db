/** What a search of a folder takes, and what is said of names and links that lead to nothing. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HELP } from '../../src/cli/args';
import { readInputs, type Input } from '../../src/cli/inputs';
import { VIDEO_ENDINGS } from '../../src/cli/media-types';
import { containerOf } from '../../src/engine/bytes/container';
import { read } from '../repo/files';

const outer = mkdtempSync(join(tmpdir(), 'assay-folders-'));
afterAll(() => {
  rmSync(outer, { recursive: true });
});

function folderWith(name: string, files: Record<string, string | Uint8Array>): string {
  const folder = join(outer, name);
  mkdirSync(folder);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
}

const namesIn = (inputs: Input[]): string[] => inputs.map(({ input }) => basename(input));
const message = (input: string): string | null => {
  const [found] = readInputs([input]);
  return found?.kind === 'error' ? found.error.error.message : null;
};

/** The beginning of a transport stream. */
function packets(first: number, step: number): Uint8Array {
  const bytes = new Uint8Array(3 * step);
  for (let at = first; at < bytes.length; at += step) bytes[at] = 0x47;
  return bytes;
}

describe('a search of a folder', () => {
  it('takes every ending that it says it takes, in capitals too', () => {
    const endings = VIDEO_ENDINGS.filter((ending) => !['.ts', '.mts'].includes(ending));
    const names = endings.flatMap((ending) => [`a${ending}`, `B${ending.toUpperCase()}`]).sort();
    const folder = folderWith('endings', Object.fromEntries(names.map((name) => [name, 'x'])));
    expect(namesIn(readInputs([folder]))).toEqual(names);
    expect(endings).toContain('.flv');
  });
  it('leaves out what is no video, and pieces and playlists of streams', () => {
    const others = ['a.txt', 'b.json', 'c.png', 'd.mp3', 'e.m4s', 'f.m3u8', 'mp4', 'g.mp4.part'];
    const folder = folderWith('others', { 'z.mp4': 'x', ...Object.fromEntries(others.map((name) => [name, 'x'])) });
    expect(namesIn(readInputs([folder]))).toEqual(['z.mp4']);
  });
  it('tells transport streams from sources in TypeScript', () => {
    const folder = folderWith('typescript', {
      'a.ts': packets(0, 188),
      'b.mts': packets(4, 192),
      'source.ts': 'G'.padEnd(400, ' '),
      'short.mts': 'export {};\n',
      'empty.ts': '',
    });
    expect(namesIn(readInputs([folder]))).toEqual(['a.ts', 'b.mts']);
    expect(readInputs([join(folder, 'source.ts')])).toMatchObject([{ kind: 'file' }]); // who names it means it
  });
  it('has the same endings in the help and in the README', () => {
    const readme = read('README.md');
    for (const ending of VIDEO_ENDINGS) {
      expect(HELP).toContain(` ${ending}`);
      expect(readme).toContain(`\`${ending}\``);
    }
  });
});

it.each([
  ['a transport stream', packets(0, 188)],
  ['one of a camcorder', packets(4, 192)],
  ['Windows Media', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')],
])('%s is media without credentials to the engine, too', (_, head) => {
  expect(containerOf(head)).toBe('other-media');
});

describe('a name that is not UTF-8', () => {
  const inBytes = (folder: string, name: string): Buffer =>
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);

  it('is said to be that, and the others are found', () => {
    const folder = folderWith('names', { 'a.mp4': 'x', 'z.mp4': 'x' });
    copyFileSync(join(folder, 'a.mp4'), inBytes(folder, 'bad\xffbyte.mp4'));
    copyFileSync(join(folder, 'a.mp4'), inBytes(folder, 'bad\xffbyte.txt'));
    mkdirSync(inBytes(folder, 'folder\xff'));
    const words = (name: string): object => ({
      error: {
        error: {
          code: 'unreadable-name',
          message: `${folder}/${name} has a name that can't be read: it is not UTF-8.`,
        },
      },
    });
    expect(readInputs([folder])).toMatchObject([
      { kind: 'file', name: 'a.mp4' },
      words('bad\uFFFDbyte.mp4'),
      words('folder\uFFFD'),
      { kind: 'file', name: 'z.mp4' },
    ]);
    const named = join(folder, 'bad\uFFFDbyte.mp4'); // as Node hands it over
    expect(message(named)).toBe(`${named} does not exist, or its name is not UTF-8 and can't be read.`);
  });
  it('the sign that stands for it may be a name of its own', () => {
    const folder = folderWith('sign', { '\uFFFD.mp4': 'x', '\uFEFFmark.mp4': 'x' });
    expect(readInputs([folder]).map(({ kind }) => kind)).toEqual(['file', 'file']);
  });
});

describe('names that lead to nothing', () => {
  const folder = folderWith('links', { 'clip.mp4': 'x' });
  symlinkSync('nowhere', join(folder, 'gone.mp4'));
  symlinkSync('self.mp4', join(folder, 'self.mp4'));

  it.each([
    ['gone.mp4', 'is a link that leads nowhere.'],
    ['gone.mp4/', 'is a link that leads nowhere.'],
    ['self.mp4', 'leads in a circle of links.'],
    ['clip.mp4/', 'is a file and no folder: the slash at its end is wrong.'],
    ['clip.mp4/x.mp4', 'does not exist.'],
    ['missing.mp4', 'does not exist.'],
    ['missing/', 'does not exist.'],
  ])('%s %s', (name, words) => {
    const input = `${folder}/${name}`;
    expect(message(input)).toBe(`${input} ${words}`);
  });
  it('a name without a letter has a sentence of its own', () => {
    expect(message('')).toBe('An empty name leads to no file.');
  });
});
