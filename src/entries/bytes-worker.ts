/** The worker that reads files: credentials and disclosures. */
import { readFile } from '../engine/read-file';
import { readPiece } from '../engine/read-piece';
import { serveCalls } from '../engine/worker/serve';
import type { WorkerScope } from '../engine/worker/serve';

serveCalls(self as unknown as WorkerScope, { read: readFile, piece: readPiece });
