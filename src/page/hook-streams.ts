/**
 * Runs in the page's own world: sees what the page appends to its MediaSources. An append is never
 * delayed or changed: the native runs first, and what it took is looked at after. Media is copied only
 * where the init segment before it is signed.
 *
 * The page has more ways to append than the hook can stand in, such as the natives of another frame. What comes by one
 * of them is heard of by its events: where there are more of them than the hook has seen calls, the stream counts as
 * missed. A call is counted last: when a note fails, its event tells. Whoever listens first could keep an event from
 * all others, so a source is known from its making, or not at all.
 */
import { bytesReader } from './hook-bytes';
import type { Appended } from './hook-bytes';
import { apply, follow, getPrototypeOf, getter, listen } from './hook-natives';
import type { HookMissed, HookPiece } from './hook-piece';

const FTYP = 0x66747970;
const MOOV = 0x6d6f6f76;
/** Begin of the UUID of a C2PA box; what else begins so is found out by the engine. */
const C2PA = 0xd8fec3d6;

/** Calls seen of which the event is still to come. */
interface Counted {
  due: number;
}

/** One MediaSource; its calls are `addSourceBuffer`. */
interface Stream extends Counted {
  url: string;
  signed: boolean;
  missed: boolean;
}

/** One SourceBuffer; its calls are those that make it update. */
interface Track extends Counted {
  stream: Stream;
  /** The signed init segment that further media belongs to. */
  init: HookPiece['init'];
}

/**
 * Where an init segment ends.
 * @throws {RangeError} when it is broken or cut short
 */
function initOf({ u32, length }: Appended): { end: number; signed: boolean } {
  let signed = false;
  for (let at = 0; ;) {
    const size = u32(at);
    const type = u32(at + 4);
    if (size > 24 && u32(at + 8) === C2PA) signed = true;
    at += size;
    if (size < 8 || at > length) u32(length); // throws, by no name that the page could have taken
    if (type === MOOV) return { end: at, signed };
  }
}

/** Where pieces go. */
export interface StreamLine {
  /** While false, appends only pass through. */
  active: boolean;
  /** How many more bytes may wait at the other end. */
  room: number;
  /** Called with each new stream: whoever is at the other end may not have been there before. */
  offer(): void;
  /** Takes the signed pieces, and for their streams that something was missed. */
  tell(piece: HookPiece | HookMissed): void;
}

/** Natives are followed at once: what the page had put in their place would be followed otherwise. */
export function hookStreams(line: StreamLine): void {
  const source = MediaSource.prototype;
  const buffer = SourceBuffer.prototype;
  const read = bytesReader();
  const sourceBuffers = getter(source, 'sourceBuffers');
  const timestampOffset = getter(buffer, 'timestampOffset');
  const { get, set } = WeakMap.prototype;
  const known = new WeakMap<object, Counted>();
  const find = (of: unknown): unknown => apply(get, known, [of]);

  const miss = (stream: Stream): void => {
    const { url, signed, missed } = stream;
    stream.missed = true;
    if (signed && !missed) line.tell({ url, missed: true });
  };

  /** From now on the target must not tell of more than was counted. */
  const watch = (key: unknown, target: unknown, type: string, counted: Counted, stream: Stream): Stream => {
    listen(target as EventTarget, type, () => {
      if (counted.due-- === 0) miss(stream);
    });
    apply(set, known, [key, counted]);
    return stream;
  };

  const take = (track: Track, data: unknown, of: object): void => {
    const { stream } = track;
    const bytes = read(data);
    const { length, copy } = bytes;
    let end = 0;
    if (bytes.u32(4) === FTYP) {
      track.init = null;
      const init = initOf(bytes);
      ({ end } = init);
      if (init.signed) {
        track.init = copy(0, end);
        stream.signed = true;
      }
    }
    const { init } = track;
    const hasMedia = end < length;
    if (hasMedia && (init === null || length > line.room)) miss(stream);
    else if (init !== null) {
      line.room -= hasMedia ? length - end : length;
      const offset_s = apply(timestampOffset, of, []) as number;
      const { url, missed } = stream;
      line.tell({ url, init, bytes: hasMedia ? copy(end, length) : null, offset_s, missed });
    }
  };

  follow(globalThis, 'MediaSource', (of) => {
    const fresh = { url: '', signed: false, missed: false, due: 0 };
    watch(of, apply(sourceBuffers, of, []), 'addsourcebuffer', fresh, fresh);
  });
  source.constructor = MediaSource; // of what it makes, pages ask who made it
  follow(source, 'addSourceBuffer', (of, _, made) => {
    // One of another frame goes on without events once that frame has gone. Nobody could give it another prototype yet.
    if (getPrototypeOf(made) !== buffer) return;
    const stream = find(of) as Stream;
    const track: Track = { stream, init: null, due: 0 };
    watch(made, made, 'updatestart', track, stream).due++;
  });
  follow(buffer, 'appendBuffer', (of, args) => {
    const track = find(of) as Track;
    if (line.active) take(track, args[0], of);
    else track.stream.missed = true;
    track.due++;
  });
  follow(buffer, 'remove', (of) => {
    (find(of) as Track).due++;
  });
  follow(URL, 'createObjectURL', (_, args, url) => {
    const stream = find(args[0]) as Stream;
    // Whoever plays it by its old address won't hear of what comes.
    if (stream.signed) miss(stream);
    stream.url = url as string;
    line.offer();
  });
}
