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

/** MPEG transport streams begin each packet of this many bytes with a `G`. */
const TS_PACKET = 188;
/** Bytes by which a container is told. */
export const HEAD = TS_PACKET + 1;

/** @param head the first bytes, `HEAD` where there are as many */
export function containerOf(head: Uint8Array): Container {
  const start = latin(head, 0, 16);
  if (BMFF_TYPES.includes(start.slice(4, 8))) return 'bmff';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'AVI ') return 'avi';
  if (start.startsWith('\x1aE\xdf\xa3')) return 'matroska';
  if (start.startsWith('#EXTM3U')) return 'playlist';
  if (start.startsWith('FLV')) return 'flv';
  if (start.startsWith('OggS') || start.startsWith('\0\0\x01\xba')) return 'other-media';
  if (head[0] === 0x47 && head[TS_PACKET] === 0x47) return 'other-media';
  if (start.startsWith('RIFF') || start.startsWith('ID3')) return 'other-media';
  return 'not-media';
}
