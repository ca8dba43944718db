/** Small files made here: what no fixture has, and the parts that fixtures are made of. */
import { join } from './bytes';
import type { Bytes } from './bytes';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function number(value: number, little = false): Bytes {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, little);
  return out;
}

/** A box (ISO/IEC 14496-12). */
export function box(type: string, ...parts: Uint8Array[]): Bytes {
  const body = join(...parts);
  return join(number(body.length + 8), latin(type), body);
}

export const FTYP = box('ftyp', latin('isom\0\0\0\0isom'));

/** An mp4 file that says this in its comment. */
export const commentFile = (value: string): Bytes =>
  join(FTYP, box('moov', box('udta', box('©cmt', Buffer.from(value)))));

/** An mp4 file with this XMP packet. */
export const xmpFile = (packet: string): Bytes =>
  join(FTYP, box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from(packet)));

/** An mp4 file whose media begins with these NAL units. */
export const nalFile = (...units: Uint8Array[]): Bytes =>
  join(FTYP, box('moov'), box('mdat', ...units.flatMap((unit) => [number(unit.length), unit])));

/** H.264 SEI: a message of a UUID. */
export const seiUnit = (uuid: string, payload: string): Bytes =>
  join(Uint8Array.of(6, 5, 16 + payload.length), Buffer.from(uuid, 'hex'), latin(payload), Uint8Array.of(0x80));

/** An AVI file with statements in its `LIST/INFO`; the same list again and again, each with zeros behind it, then media. */
export function aviFile(texts: Record<string, string>, lists = 1, zeros = 0, media = 300): Bytes {
  const chunk = (id: string, ...parts: Uint8Array[]): Bytes => {
    const body = join(...parts);
    return join(latin(id), number(body.length, true), body, new Uint8Array(body.length & 1));
  };
  const entries = Object.entries(texts).map(([id, value]) => chunk(id, latin(`${value}\0`)));
  const movie = chunk('LIST', latin('movi'), new Uint8Array(media));
  const info = chunk('LIST', latin('INFO'), ...entries, new Uint8Array(zeros));
  return chunk('RIFF', latin('AVI '), ...Array.from({ length: lists }, () => info), movie);
}

/** A Matroska file with a seek head, clusters, and statements in its tags at the end. */
export function matroskaFile(tags: Record<string, string>, media = 200): Bytes {
  const element = (id: number[], ...parts: Uint8Array[]): Bytes => {
    const body = join(...parts);
    return join(Uint8Array.from([...id, 0x10]), number(body.length).subarray(1), body); // four bytes of length
  };
  const simple = Object.entries(tags).map(([name, value]) =>
    element([0x67, 0xc8], element([0x45, 0xa3], latin(name)), element([0x44, 0x87], latin(value))),
  );
  const list = element([0x12, 0x54, 0xc3, 0x67], element([0x73, 0x73], ...simple));
  const cluster = element([0x1f, 0x43, 0xb6, 0x75], new Uint8Array(media));
  const seek = (position: number): Bytes => {
    const entry = [
      element([0x53, 0xab], Uint8Array.of(0x12, 0x54, 0xc3, 0x67)),
      element([0x53, 0xac], number(position)),
    ];
    return element([0x11, 0x4d, 0x9b, 0x74], element([0x4d, 0xbb], ...entry));
  };
  const position = seek(0).length + cluster.length;
  const segment = element([0x18, 0x53, 0x80, 0x67], seek(position), cluster, list);
  return join(element([0x1a, 0x45, 0xdf, 0xa3], new Uint8Array(20)), segment);
}

/** An mp4 file with little in its `mdat` boxes, so that mutations meet the parts that are read. */
export function skeleton(bytes: Bytes): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    const whole = bytes.subarray(at, length < 8 ? bytes.length : at + length);
    const isMedia = length >= 8 && whole[4] === 0x6d && whole[5] === 0x64; // 'md'
    parts.push(isMedia ? box('mdat', whole.subarray(8, 900)) : whole);
    at += whole.length;
  }
  return join(...parts);
}
