/** From a claim and the bytes of its file to what they prove. */
import type { Credentials } from '../../contract/label';
import type { RawManifest } from '../../contract/messages';
import { TO_THE_END, walkBoxes } from '../bytes/boxes';
import { bytesSource } from '../bytes/bytes-source';
import { hashOf } from '../bytes/file-hash';
import { layoutOf } from '../bytes/layout';
import type { Layout } from '../bytes/layout';
import type { ByteSource, OnPiece } from '../bytes/source';
import { manifestBox } from './manifest-box';
import type { MediaHash } from './media-hash';
import type { Claim, CredentialsReader } from './reader';

export interface ReadOptions {
  /** A larger file is not read whole: `unverified`, `too-large`. */
  limitBytes: number;
  signal: AbortSignal;
  /** What is claimed, before all bytes are read. */
  onStatement(credentials: Credentials): void;
  onProgress(read: number, total: number | null): void;
  /** The user asks for credentials that are kept elsewhere: opens their address, as data and without cookies. */
  remote?(link: string): ByteSource;
  /** What the manifest store holds beside the label. */
  onManifest?(manifest: RawManifest): void;
  /** Called before a synchronous step of the verifier, with the bytes it has to go through. */
  onVerify(bytes: number): void;
  /** The verifier broke and has to be started anew. */
  onBroken?(): void;
}

/** The hash of larger files streams by, nothing kept; smaller ones stay at hand for the SDK. */
const KEPT_BYTES = 8_000_000;

/** How the file ends; many fragments are walked only now that they are at hand. */
async function endOf(layout: Layout, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Layout['end']> {
  if (layout.end !== 'long') return layout.end;
  return (await walkBoxes(bytesSource(bytes), 0, null, signal, TO_THE_END)).end;
}

/** The store in bytes at hand; a server may since have another file than the one whose manifest was read ahead. */
async function storeIn(
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<{ jumbf: Uint8Array | null; hasC2pa: boolean }> {
  const source = bytesSource(bytes);
  const layout = await layoutOf(source, signal);
  return { jumbf: (await manifestBox(source, layout, signal))?.jumbf ?? null, hasC2pa: layout.c2pa.length > 0 };
}

/** What has to be hashed, and how; what is left to the SDK has no hash of ours. */
export interface Job {
  source: ByteSource;
  /** Bytes that the file has by the first answers of its server; 0 when none says. */
  promised: number;
  layout: Layout;
  reader: CredentialsReader;
  options: ReadOptions;
  claim: Claim | null;
  hash: MediaHash | null;
  /** The file as the verifier has to see it: with its manifest store inside. */
  joined(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
}

/** Behind where the walk was given up, there may be. */
const hasMedia = ({ container, boxes, end }: Layout): boolean =>
  container === 'avi' || end === 'long' || boxes.some((b) => b.type === 'mdat' || b.type === 'moof');

/** Reads the file once for its hash. @returns its bytes, or null where they were not kept */
async function hashed({ source, options, hash }: Job): Promise<Uint8Array<ArrayBuffer> | null> {
  const { signal, limitBytes, onProgress } = options;
  const onPiece: OnPiece = (piece, read, total) => {
    hash?.update(piece);
    onProgress(read, total);
  };
  const size = source.size();
  if (hash === null || size === null || size <= KEPT_BYTES) return await source.whole(limitBytes, signal, onPiece);
  await source.pass(limitBytes, signal, onPiece);
  return null;
}

/** What the bytes prove: by our own hash where it matches, by the SDK's word on the whole file in all other cases. */
export async function proven(job: Job): Promise<Credentials> {
  const kept = await hashed(job);
  const isWhole = kept !== null && kept.length >= job.promised && kept.length <= KEPT_BYTES;
  const [credentials, sha256] = await Promise.all([judged(job, kept), isWhole ? hashOf(kept) : null]);
  return { ...credentials, coverage: { ...credentials.coverage, sha256 } };
}

/** @param kept the whole file, where it was kept */
async function judged(job: Job, kept: Uint8Array<ArrayBuffer> | null): Promise<Credentials> {
  const { source, promised, layout, reader, options, claim, hash, joined } = job;
  if (claim !== null && (await hash?.matches()) === true) {
    return await reader.matched(claim, { whole: true, hasC2pa: true, hasMedia: hasMedia(layout) }, options.onManifest);
  }
  const bytes = kept ?? (await source.whole(options.limitBytes, options.signal, () => undefined));
  options.onVerify(bytes.length);
  const file = joined(bytes);
  const { jumbf, hasC2pa } = await storeIn(file, options.signal);
  const end = await endOf(layout, bytes, options.signal);
  return await reader.judge({
    format: layout.container === 'avi' ? 'video/avi' : 'video/mp4',
    bytes: file,
    jumbf,
    claim,
    completeness: {
      whole: bytes.length >= promised && end !== 'partial',
      hasC2pa,
      hasMedia: hasMedia(layout),
      ...(end === 'trailing' ? { trails: true } : {}),
    },
    ...(options.onManifest === undefined ? {} : { onManifest: options.onManifest }),
  });
}
