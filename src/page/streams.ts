/**
 * Signed pieces of this frame's streams, from the hook to whoever labels the video that plays them. They
 * wait here for a video that nobody has seen yet; the port keeps them until this is started.
 */
import type { HookMissed, HookPiece } from './hook-piece';
import { onAbort } from './on-abort';

/** Of streams that nobody follows; the hook itself lets no more than twice as much wait. */
const MAX_KEPT_BYTES = 16e6;

/** One append, out of the page's memory. */
export interface Piece extends Omit<HookPiece, 'init' | 'bytes'> {
  init: Blob | null;
  bytes: Blob | null;
}
const EMPTY = { init: null, bytes: null, offset_s: 0 };
const blobOf = (bytes: HookPiece['bytes']): Blob | null => (bytes === null ? null : new Blob([bytes]));

type Take = (piece: Piece) => void;

interface Stream {
  kept: Piece[];
  take: Take | null;
  /** Pieces went to somebody else, or had to go. */
  missed: boolean;
}

export interface Streams {
  /** Gives the pieces of one stream: those so far, and all that follow. */
  follow(url: string, signal: AbortSignal, take: Take): void;
}

/** As the hook counts: an init segment goes along with its media at no cost. */
const sizeOf = ({ init, bytes }: Piece): number => (bytes ?? init)?.size ?? 0;

function startStreams(port: MessagePort, missed: boolean): Streams {
  const streams = new Map<string, Stream>();
  let keptBytes = 0;

  const streamOf = (url: string): Stream => {
    const stream = streams.get(url) ?? { kept: [], take: null, missed };
    streams.set(url, stream);
    return stream;
  };

  /** Says that there is room again. */
  const release = (piece: Piece): void => {
    port.postMessage(sizeOf(piece));
  };

  const give = (piece: Piece, { missed, take }: Stream): void => {
    take?.({ ...piece, missed: piece.missed || missed });
    release(piece);
  };

  /** The oldest stream's pieces go first. */
  const makeRoom = (): void => {
    for (const stream of streams.values()) {
      if (keptBytes <= MAX_KEPT_BYTES) return;
      stream.missed ||= stream.kept.length > 0;
      for (const piece of stream.kept.splice(0)) {
        keptBytes -= sizeOf(piece);
        release(piece);
      }
    }
  };

  port.onmessage = ({ data }: MessageEvent<HookPiece | HookMissed>) => {
    const { init, bytes, ...told } = { ...EMPTY, ...data };
    const piece = { ...told, init: blobOf(init), bytes: blobOf(bytes) };
    const stream = streamOf(piece.url);
    if (stream.take !== null) {
      give(piece, stream);
      return;
    }
    stream.kept.push(piece);
    keptBytes += sizeOf(piece);
    makeRoom();
  };

  return {
    follow: (url, signal, take) => {
      const stream = streamOf(url);
      stream.take = take;
      for (const piece of stream.kept.splice(0)) {
        keptBytes -= sizeOf(piece);
        give(piece, stream);
      }
      if (stream.missed) take({ ...EMPTY, url, missed: true });
      onAbort(signal, () => {
        stream.take = null;
        stream.missed = true;
      });
    },
  };
}

const started = new WeakMap<MessagePort, Streams>();

/**
 * The streams that come by this port; they outlive a switch off and on.
 * @param missed whether none of them can be proved, whatever the hook tells
 */
export function streamsOf(port: MessagePort, missed: boolean): Streams {
  const streams = started.get(port) ?? startStreams(port, missed);
  started.set(port, streams);
  return streams;
}
