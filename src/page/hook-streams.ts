/**
 * Runs in the page's own world: sees what the page appends to its MediaSources. An append is never
 * delayed or changed: the native runs first, and what it took is looked at after. Media is copied only
 * where the init segment before it is signed.
 */
import { bytesReader } from './hook-bytes';
import type { Appended } from './hook-bytes';
import { apply, follow, getter } from './hook-natives';
import type { HookPiece } from './hook-piece';

/** Copies that wait for the isolated world to take them, of all streams of the page. */
const MAX_WAITING_BYTES = 32e6;
const FTYP = 0x66747970;
const MOOV = 0x6d6f6f76;
/** Begin of the UUID of a C2PA box; what else begins so is found out by the engine. */
const C2PA = 0xd8fec3d6;

/** One MediaSource. */
interface Stream {
  url: string;
  signed: boolean;
  missed: boolean;
}

/** One SourceBuffer. */
interface Track {
  stream: Stream;
  /** The signed init segment that further media belongs to. */
  init: Blob | null;
}

/** Where an init segment ends; null when it is broken. Throws when it is cut short. */
function initOf({ u32, length }: Appended): { end: number; signed: boolean } | null {
  let signed = false;
  for (let at = 0; at < length;) {
    const size = u32(at);
    const type = u32(at + 4);
    if (size < 8) return null;
    if (size > 24 && u32(at + 8) === C2PA) signed = true;
    at += size;
    if (type === MOOV) return at > length ? null : { end: at, signed };
  }
  return null;
}

/** Where pieces go. */
export interface StreamLine {
  /** While it says no, appends only pass through. */
  isActive(): boolean;
  /** Called with each new stream: whoever is at the other end may not have been there before. */
  offer(): void;
  /** Takes the signed pieces, and for their streams that something was missed. */
  tell(piece: HookPiece): void;
}
/** @param taken is told how many bytes wait no longer */
export type OpenLine = (taken: (bytes: number) => void) => StreamLine;

/** @returns takes each new address that a MediaSource got; throws for what is none */
function watchStreams(openLine: OpenLine): (source: unknown, url: string) => void {
  let room = MAX_WAITING_BYTES;
  const { isActive, offer, tell } = openLine((bytes) => {
    room += bytes;
  });
  const read = bytesReader();
  const readyState = getter(MediaSource.prototype, 'readyState');
  const timestampOffset = getter(SourceBuffer.prototype, 'timestampOffset');
  const { get, set } = WeakMap.prototype;
  const streams = new WeakMap<object, Stream>();
  const tracks = new WeakMap<object, Track>();

  const streamOf = (source: unknown): Stream => {
    apply(readyState, source, []); // throws for what is no MediaSource
    const known = apply(get, streams, [source]) as Stream | undefined;
    const stream = known ?? { url: '', signed: false, missed: false };
    apply(set, streams, [source, stream]);
    return stream;
  };

  const miss = (stream: Stream): void => {
    const { url, signed, missed } = stream;
    stream.missed = true;
    if (signed && !missed) tell({ url, init: null, bytes: null, offset_s: 0, missed: true });
  };

  const take = (track: Track, data: unknown, buffer: object): void => {
    const { stream } = track;
    const bytes = read(data);
    const { length, copy } = bytes;
    let end = 0;
    if (bytes.u32(4) === FTYP) {
      track.init = null;
      const init = initOf(bytes);
      end = init?.end ?? 0;
      if (init?.signed === true) {
        track.init = copy(0, end);
        stream.signed = true;
      }
    }
    const { init } = track;
    const hasMedia = end < length;
    if (hasMedia && (init === null || length > room)) miss(stream);
    else if (init !== null) {
      room -= hasMedia ? length - end : length;
      const offset_s = apply(timestampOffset, buffer, []) as number;
      const { url, missed } = stream;
      tell({ url, init, bytes: hasMedia ? copy(end, length) : null, offset_s, missed });
    }
  };

  follow(MediaSource.prototype, 'addSourceBuffer', (source, _, buffer) => {
    apply(set, tracks, [buffer, { stream: streamOf(source), init: null }]);
  });
  follow(SourceBuffer.prototype, 'appendBuffer', (buffer, data) => {
    const track = apply(get, tracks, [buffer]) as Track;
    try {
      if (isActive()) take(track, data, buffer);
      else track.stream.missed = true;
    } catch {
      miss(track.stream);
    }
  });
  return (source, url) => {
    streamOf(source).url = url;
    offer();
  };
}

/**
 * The natives of streams are not touched before the page makes one: that would cost every page.
 * @param openLine called with the first
 */
export function hookStreams(openLine: OpenLine): void {
  let made: (source: unknown, url: string) => void = (source, url) => {
    made = () => undefined; // whatever goes wrong, natives are followed once
    made = watchStreams(openLine);
    made(source, url);
  };
  follow(URL, 'createObjectURL', (_, source, url) => {
    made(source, url as string);
  });
}
