/** What the hook tells of one append to a stream. All of it is the page's word. */
export interface HookPiece {
  /** The `blob:` address of the MediaSource. */
  url: string;
  /** The signed init segment that the media belongs to; null when there is none. */
  init: Uint8Array<ArrayBuffer> | null;
  /** The appended media; null for an init segment alone. */
  bytes: Uint8Array<ArrayBuffer> | null;
  /** `timestampOffset` of the buffer, in seconds. */
  offset_s: number;
  /** Media of the stream went by unseen or unsigned. */
  missed: boolean;
}

/** All that is told where a stream has been missed without a piece. */
export type HookMissed = Pick<HookPiece, 'url'> & { missed: true };
