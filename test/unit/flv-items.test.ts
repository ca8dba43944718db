/** Metadata of FLV files: texts by their names, everything else skipped, whatever the bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flvItems } from '../../src/engine/disclosures/flv-items';
import { chars, sourceOf, u16, u32 } from './support/bmff';

const never = new AbortController().signal;
const name = (text: string): number[] => [...u16(chars(text).length), ...chars(text)];
const string = (text: string): number[] => [2, ...name(text)];
const long = (text: string): number[] => [12, ...u32(chars(text).length), ...chars(text)];
const END = [0, 0, 9];
const object = (...pairs: number[][]): number[] => [3, ...pairs.flat(), ...END];
const pair = (key: string, value: number[]): number[] => [...name(key), ...value];
const array = (...pairs: number[][]): number[] => [8, ...u32(pairs.length), ...pairs.flat(), ...END];
const number = [0, 64, 8, 0, 0, 0, 0, 0, 0];

const tag = (type: number, body: number[]): number[] => [
  type,
  ...u32(body.length).slice(1),
  ...Array.from({ length: 7 }, () => 0),
  ...body,
  ...u32(body.length + 11),
];
const flv = (...tags: number[][]): number[] => [...chars('FLV'), 1, 1, ...u32(9), ...u32(0), ...tags.flat()];
const read = async (bytes: number[]): Promise<string[]> =>
  (await flvItems(sourceOf(bytes), never)).map(({ where, key, value }) => `${where} ${key}=${value}`);

describe('onMetaData', () => {
  test.each<[string, number[], string[]]>([
    ['an array', array(pair('AIGC', string('x'))), ['onMetaData AIGC=x']],
    ['an object', object(pair('AIGC', string('x'))), ['onMetaData AIGC=x']],
    ['a long text', array(pair('AIGC', long('x'))), ['onMetaData AIGC=x']],
    ['behind numbers', array(pair('n', number), pair('b', [1, 1]), pair('AIGC', string('x'))), ['onMetaData AIGC=x']],
    [
      'behind null and a date',
      array(pair('n', [5]), pair('d', [11, ...number, 0]), pair('a', string('x'))),
      ['onMetaData a=x'],
    ],
    [
      'behind lists',
      array(pair('k', object(pair('t', [10, ...u32(2), ...number, ...number]))), pair('a', string('x'))),
      ['onMetaData a=x'],
    ],
    ['inside another object', array(pair('k', object(pair('AIGC', string('x'))))), []],
    ['behind something unknown', array(pair('k', [99]), pair('a', string('x'))), []],
  ])('%s', async (_, value, expected) => {
    expect(await read(flv(tag(18, [...string('onMetaData'), ...value])))).toEqual(expected);
  });

  test('behind the first pictures', async () => {
    const script = tag(18, [...string('onMetaData'), ...array(pair('a', string('x')))]);
    expect(await read(flv(tag(9, [1, 2]), tag(8, [3]), script))).toEqual(['onMetaData a=x']);
  });
  test('another script is none', async () => {
    expect(await read(flv(tag(18, [...string('onCuePoint'), ...array(pair('a', string('x')))])))).toEqual([]);
  });
  test('depth and lists that say that they are endless', async () => {
    const deep = Array.from({ length: 5_000 }, () => [3, 0, 1, 97]).flat();
    expect(await read(flv(tag(18, [...string('onMetaData'), ...deep])))).toEqual([]);
    const endless = [8, ...u32(0xffffffff), ...pair('l', [10, ...u32(0xffffffff), ...number])];
    expect(await read(flv(tag(18, [...string('onMetaData'), ...endless])))).toEqual([]);
  });
  test('broken bytes never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await read(flv(tag(18, [...string('onMetaData'), 8, ...bytes])))).toBeInstanceOf(Array);
        expect(await read([...chars('FLV'), ...bytes])).toBeInstanceOf(Array);
      }),
    );
  });
});
