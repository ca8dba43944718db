/** Bytes of one video, wherever they are. All readers of files read through this. */
import type { BytesReason } from '../../contract/reasons';

/** Why bytes could not be had; the reason is from the closed list. */
export class BytesError extends Error {
  readonly reason: BytesReason;
  readonly detail: string | null;
  constructor(reason: BytesReason, detail: string | null = null) {
    super(detail === null ? reason : `${reason}: ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** A piece of a file that is read from its start (it holds only during the call), where it ends, and the file's length. */
export type OnPiece = (piece: Uint8Array<ArrayBuffer>, read: number, total: number | null) => void;

export interface ByteSource {
  readonly name: string;
  /** Total length in bytes; null while (or when never) known. Known after the first read where there is one. */
  size(): number | null;
  /** Bytes that were really read so far. */
  bytesRead(): number;
  /** `Content-Type` without parameters, lower case; null where no server answers. */
  contentType(): string | null;
  /** Where the server says that the manifest is kept (`Link` with rel="c2pa-manifest"); null when it doesn't say. */
  manifestLink(): string | null;
  /** What the server says stands for these very bytes (a strong `ETag`, or `Last-Modified`); null when it doesn't say. */
  version(): string | null;
  /**
   * Reads bytes [start, end); fewer at the end of the file.
   * @throws {BytesError} with the reason, also when the signal fires (`stopped`)
   */
  read(start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Has bytes [start, end) at hand for reads that follow, where one large request is quicker than several small ones. */
  prefetch?(start: number, end: number, signal: AbortSignal): Promise<void>;
  /**
   * Everything will be read soon: asks for it now, where that saves time. Whole files up to `limit` bytes only;
   * what goes wrong is told to `whole` or `pass`.
   */
  ahead?(limit: number, signal: AbortSignal): void;
  /**
   * Reads everything.
   * @param limit bytes; a longer file throws `too-large`
   * @throws {BytesError} with the reason
   */
  whole(limit: number, signal: AbortSignal, onPiece: OnPiece): Promise<Uint8Array<ArrayBuffer>>;
  /** Like `whole`, and keeps nothing: each piece is seen once. */
  pass(limit: number, signal: AbortSignal, onPiece: OnPiece): Promise<void>;
  /** Ends what is still open; nothing is read afterwards. */
  close(): void;
}
