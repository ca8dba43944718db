/** One piece of a stream: is it as it was signed, and is it what its server gives to us, too? */
import { emptyCredentials } from '../contract/lanes';
import { latin } from './bytes/bytes';
import { isWholeFragment } from './bytes/fragment';
import { mediaTime } from './bytes/media-time';
import { holds } from './bytes/same-bytes';
import { readFragment } from './credentials/fragment';
import { readFile } from './read-file';
import { refetch } from './refetch';
import { startReader } from './start-reader';
import type { PieceFacts } from './credentials/join';
import type { Calls } from './worker/protocol';
import type { CallContext } from './worker/serve';

type Bytes = Uint8Array<ArrayBuffer>;
const bytesOf = async (blob: Blob): Promise<Bytes> => new Uint8Array(await blob.arrayBuffer());

const isWithInit = (bytes: Bytes): boolean => latin(bytes, 4, 8) === 'ftyp';

/** The `piece` call of the bytes worker. */
export async function readPiece(input: Calls['piece']['in'], context: CallContext<'piece'>): Promise<PieceFacts> {
  const { signal } = context;
  const { missed } = input;
  const facts: PieceFacts = { credentials: emptyCredentials('streamed'), span: null, bound: false, missed, bytes: 0 };
  if (input.init === null) return facts;
  if (input.bytes === null) {
    const media = { kind: 'blob' as const, name: '', blob: input.init };
    const { credentials } = await readFile(
      { media, limitBytes: input.init.size, anchors: input.anchors, remote: false, shown: null, hash: false },
      { ...context, event: () => undefined },
    );
    return { ...facts, credentials };
  }
  const [init, piece] = await Promise.all([bytesOf(input.init), bytesOf(input.bytes)]);
  if (!isWholeFragment(piece)) return { ...facts, credentials: emptyCredentials('unverified', 'stream') };
  const own = await refetch(input.sources, piece.length, (bytes) => holds(bytes, piece), signal);
  // A player may append a segment in parts; only the whole of it can be verified.
  const fragment = own === null || isWithInit(own) ? piece : own;
  const reader = await startReader(input.anchors, context);
  return {
    ...facts,
    credentials:
      reader === null
        ? emptyCredentials('unverified', 'engine-unavailable')
        : await readFragment(init, fragment, reader, signal),
    span: await mediaTime(init, piece, input.offset_s),
    bound: own !== null,
    bytes: piece.length,
  };
}
