/** The worker that reads files: credentials and disclosures. */
import { gatherForDigest } from '../engine/bytes/file-hash';
import { readFile } from '../engine/read-file';
import { readPiece } from '../engine/read-piece';
import { serveCalls } from '../engine/worker/serve';
import type { WorkerScope } from '../engine/worker/serve';
import { DIGEST_FREES_ITS_COPY } from '../platform/freeing';

if (DIGEST_FREES_ITS_COPY) gatherForDigest();
serveCalls(self as unknown as WorkerScope, { read: readFile, piece: readPiece });
