/** What goes between the engine page and its two workers. Both ends derive their types from `Calls`. */
import type { FramePacket, PicturePacket } from '../../contract/frames';
import type { Credentials, Disclosure, Estimate } from '../../contract/label';
import type { MediaRef, RawManifest, StreamPiece } from '../../contract/messages';
import type { PieceFacts } from '../credentials/join';
import type { EstimateReason } from '../../contract/reasons';
import type { Shown } from '../other-file';

/** Media that has bytes to read. */
export type ReadableMedia = Extract<MediaRef, { kind: 'url' } | { kind: 'blob' }>;

export interface FileFacts {
  credentials: Credentials;
  disclosures: Disclosure[];
  manifest: RawManifest | null;
}

/** Which bytes an address had. */
export interface FileVersion {
  /** The server's own word (see `ByteSource`). */
  version: string;
  size: number;
}

/** A lane's state on the way: what is known, and how far a running read has come. */
export type FileEvent = { type: 'facts'; facts: FileFacts } | { type: 'progress'; read: number; total: number | null };

export interface PixelState {
  estimate: Estimate;
  wantsFrames: boolean;
  /** Size and length of the video, when the engine decoded it itself. */
  video: { width: number; height: number; duration_s: number | null } | null;
  /** Whole frames for the picture reader, when the engine decoded it itself and was asked for them. */
  pictures?: PicturePacket[];
}

/** Marks that the picture reader found, and each cut out with its box (image/png). */
export interface PictureMarks {
  disclosures: Disclosure[];
  crops: Blob[];
}

export interface Calls {
  /**
   * Credentials and disclosures of one file. `anchors` (PEM) are the user's and the organisation's own; `remote`:
   * also credentials that the file keeps elsewhere. Where the file still is of the `known` version it is not read:
   * the answer says so, and holds nothing else. `shown`: what a page's player makes of it. `hash`: the file is read whole
   * for its own hash where it wasn't before.
   */
  read: {
    in: {
      media: ReadableMedia;
      limitBytes: number;
      anchors: string[];
      remote: boolean;
      shown: Shown | null;
      hash: boolean;
      known?: FileVersion;
    };
    event: FileEvent;
    out: FileFacts & { version?: FileVersion | null; isKnown?: boolean };
  };
  /** One piece of a stream. */
  piece: { in: StreamPiece & { anchors: string[] }; event: never; out: PieceFacts };
  /** Frames that a page took of a playing video; `windows`: at most so many are looked at. */
  frames: {
    in: { job: string; width: number; height: number; packets: FramePacket[]; windows: number | undefined };
    event: never;
    out: PixelState;
  };
  /**
   * Decodes the first seconds of a file and looks at them; `otherwise` is the answer when it can't be decoded, and
   * the only one when only `pictures` are wanted.
   */
  decode: {
    in: {
      media: ReadableMedia;
      shown: Shown | null;
      otherwise: EstimateReason;
      estimate: boolean;
      pictures: boolean;
      windows: number | undefined;
    };
    event: PixelState;
    out: PixelState;
  };
  /** Reads marks in whole frames of one video; those of the first `looked` pairs were looked at before. */
  marks: { in: { pictures: PicturePacket[]; looked: number }; event: never; out: PictureMarks };
  /** Drops what is kept of a job's frames. */
  forget: { in: { job: string }; event: never; out: null };
}
export type CallName = keyof Calls;

export type ToWorker =
  { type: 'call'; id: number; name: CallName; input: unknown } | { type: 'abort'; id: number } | { type: 'ping' };

export type FromWorker =
  | { type: 'event'; id: number; event: unknown }
  | { type: 'done'; id: number; out: unknown }
  | { type: 'failed'; id: number; message: string }
  | { type: 'pong' }
  /** The worker is about to be deaf for at most this long (a long synchronous step of a call). */
  | { type: 'busy'; id: number; forMs: number }
  /** That step is over, and no call has another one before it. */
  | { type: 'ready' }
  /** The memory that a call took doesn't come back: end this worker when it is idle. */
  | { type: 'worn' };
