/** The XMP packets of a file, wherever its container keeps them (XMP specification, part 3). */
import { boxesIn } from './boxes';
import type { Layout } from './layout';
import { xmlExtents } from './meta-box';
import type { Extent } from './meta-box';
import { moovChildren } from './moov';
import type { ByteSource } from './source';
import { parseXmp } from './xmp';
import type { XmpProperties } from './xmp';

export interface XmpPacket {
  where: string;
  properties: XmpProperties;
}

/** Bytes of packets that are looked at, all packets together: reading half a megabyte takes half a second. */
const MAX_BYTES = 512 * 1024;
/** Packets of a file, and boxes of one kind, that are looked at. */
const MAX_PACKETS = 8;

interface Place extends Extent {
  where: string;
}

/** Places inside a box that has to be read for them; none in one that is too long. */
async function inside(
  source: ByteSource,
  box: { body: number; end: number },
  signal: AbortSignal,
  places: (bytes: Uint8Array) => Place[],
): Promise<Place[]> {
  if (box.end - box.body > MAX_BYTES) return [];
  return places(await source.read(box.body, box.end, signal)).slice(0, MAX_PACKETS);
}

const inUdta = (bytes: Uint8Array, offset: number): Place[] =>
  boxesIn(bytes, offset)
    .filter((b) => b.type === 'XMP_')
    .map((b) => ({ where: 'moov/udta/XMP_', start: b.body, end: b.end }));

async function placesOf(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Place[]> {
  const found: Place[] = layout.xmp
    .slice(0, MAX_PACKETS)
    .map((b) => ({ where: b.uuid === '' ? b.type : 'uuid', start: b.body, end: b.end }));
  const moov = await moovChildren(source, layout, signal);
  for (const box of moov.filter((b) => b.type === 'udta').slice(0, MAX_PACKETS)) {
    found.push(...(await inside(source, box, signal, (bytes) => inUdta(bytes, box.body))));
  }
  for (const box of moov.filter((b) => b.type === 'meta').slice(0, MAX_PACKETS)) {
    const extents = (bytes: Uint8Array): Place[] =>
      xmlExtents(bytes, box.body).map((extent) => ({ where: 'moov/meta', ...extent }));
    found.push(...(await inside(source, box, signal, extents)));
  }
  return found;
}

/** @throws {BytesError} when bytes can't be had */
export async function xmpPackets(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<XmpPacket[]> {
  const packets: XmpPacket[] = [];
  let left = MAX_BYTES;
  for (const { where, start, end } of (await placesOf(source, layout, signal)).slice(0, MAX_PACKETS)) {
    if (end - start > left) continue;
    left -= end - start;
    const properties = parseXmp(await source.read(start, end, signal));
    if (properties !== null) packets.push({ where, properties });
  }
  return packets;
}
