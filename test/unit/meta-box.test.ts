/** XML in `meta` boxes: all the ways to keep it, and boxes made to hurt. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../src/engine/bytes/layout';
import { xmlExtents } from '../../src/engine/bytes/meta-box';
import { xmpPackets } from '../../src/engine/bytes/xmp-packets';
import { box, chars, full, sourceOf, u16, u32 } from './support/bmff';

const never = new AbortController().signal;
const NAME = '{urn:test}says';
const XMP = chars('<a xmlns:t="urn:test" t:says="yes"/>');

const hdlr = box('hdlr', full(), u32(0), chars('mdir'), u32(0), u32(0), u32(0), [0]);
const infe = (id: number, type: string, content: string): number[] =>
  box('infe', full(2), u16(id), u16(0), chars(type), chars('xmp\0'), chars(`${content}\0`));
const iinf = (...entries: number[][]): number[] => box('iinf', full(), u16(entries.length), ...entries);
/** One item in one piece, offsets and lengths of four bytes. */
const iloc = (id: number, method: number, start: number, length: number, reference = 0): number[] =>
  box('iloc', full(1), [0x44, 0], u16(1), u16(id), u16(method), u16(reference), u16(1), u32(start), u32(length));

async function says(...file: number[][]): Promise<unknown> {
  const source = sourceOf([...box('ftyp', chars('isom')), ...file.flat()]);
  const packets = await xmpPackets(source, await layoutOf(source, never), never);
  return packets.map(({ where, properties }) => `${where} ${properties.get(NAME)?.join() ?? '-'}`);
}
const moov = (...inside: number[][]): number[] => box('moov', ...inside);
const meta = (...inside: number[][]): number[] => box('meta', full(), hdlr, ...inside);
const RDF = 'application/rdf+xml';

describe('a packet in moov/meta', () => {
  test('as its XML', async () => {
    expect(await says(moov(meta(box('xml ', full(), XMP))))).toEqual(['moov/meta yes']);
  });
  test('as its XML, in the form of QuickTime', async () => {
    expect(await says(moov(box('meta', hdlr, box('xml ', full(), XMP))))).toEqual(['moov/meta yes']);
  });
  test('as an item inside the box', async () => {
    const item = meta(iinf(infe(7, 'mime', RDF)), iloc(7, 1, 0, XMP.length), box('idat', XMP));
    expect(await says(moov(item))).toEqual(['moov/meta yes']);
  });
  test('as an item elsewhere in the file', async () => {
    const ftyp = box('ftyp', chars('isom')).length;
    const item = meta(iinf(infe(7, 'mime', RDF)), iloc(7, 0, ftyp + 8, XMP.length));
    expect(await says(box('free', XMP), moov(item))).toEqual(['moov/meta yes']);
  });
});

describe('no packet', () => {
  const idat = box('idat', XMP);
  test.each<[string, number[]]>([
    ['an item of another type', meta(iinf(infe(7, 'mime', 'text/plain')), iloc(7, 1, 0, XMP.length), idat)],
    ['an item that is no file', meta(iinf(infe(7, 'Exif', RDF)), iloc(7, 1, 0, XMP.length), idat)],
    ['an item in another file', meta(iinf(infe(7, 'mime', RDF)), iloc(7, 1, 0, XMP.length, 1), idat)],
    ['an item without a place', meta(iinf(infe(7, 'mime', RDF)), idat)],
    ['the place of another item', meta(iinf(infe(7, 'mime', RDF)), iloc(8, 1, 0, XMP.length), idat)],
    ['a place computed from other items', meta(iinf(infe(7, 'mime', RDF)), iloc(7, 2, 0, XMP.length), idat)],
    ['an item of 4 GB', meta(iinf(infe(7, 'mime', RDF)), iloc(7, 0, 0, 0xffffffff), idat)],
  ])('%s', async (_, item) => {
    expect(await says(moov(item))).toEqual([]);
  });

  test('broken boxes neither throw nor last', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => [...bytes]),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => box('iloc', [...bytes])),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => box('iinf', [...bytes])),
      fc.constant(iinf(infe(7, 'mime', RDF))),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const found = xmlExtents(Uint8Array.from(meta(...parts).slice(8)), 0);
        expect(found.length).toBeLessThan(1_000);
      }),
    );
    const endless = [...full(2), 0x44, 0, ...u32(0xffffffff), ...u32(1), ...u16(0), ...u16(0), ...u16(0xffff)];
    expect(xmlExtents(Uint8Array.from(meta(box('iloc', endless)).slice(8)), 0)).toEqual([]);
  });
});
