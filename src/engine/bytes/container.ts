/** What kind of file the first bytes show. */
import { latin } from './bytes';

export type Container = 'bmff' | 'avi' | 'matroska' | 'flv' | 'playlist' | 'other-media' | 'not-media';

const BMFF_TYPES = [
  'ftyp',
  'styp',
  'moov',
  'moof',
  'mdat',
  'free',
  'skip',
  'wide',
  'uuid',
  'sidx',
  'pnot',
  'emsg',
  'prft',
];

/** MPEG transport streams have a `G` in each packet: bytes before the first one, and from one to the next. */
const TS_PACKETS = [
  [0, 188],
  [4, 192], // discs and camcorders put a time stamp before each packet
] as const;
/** Bytes by which a container is told: two packets' beginnings. */
export const HEAD = 4 + 192 + 1;

const isTransportStream = (head: Uint8Array): boolean =>
  TS_PACKETS.some(([first, step]) => head[first] === 0x47 && head[first + step] === 0x47);

/** @param head the first bytes, `HEAD` where there are as many */
export function containerOf(head: Uint8Array): Container {
  const start = latin(head, 0, 16);
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'AVI ') return 'avi';
  if (start.startsWith('\x1aE\xdf\xa3')) return 'matroska';
  if (start.startsWith('#EXTM3U')) return 'playlist';
  if (start.startsWith('FLV')) return 'flv';
  if (start.startsWith('OggS') || start.startsWith('\0\0\x01\xba')) return 'other-media';
  if (start.startsWith('0&\xb2u')) return 'other-media'; // ASF: Windows Media
  // After those: what a player takes for another container may seem to begin with a box of half a gigabyte.
  if (BMFF_TYPES.includes(start.slice(4, 8))) return 'bmff';
  if (isTransportStream(head)) return 'other-media';
  if (start.startsWith('RIFF') || start.startsWith('ID3')) return 'other-media';
  return 'not-media';
}
