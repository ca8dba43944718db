/**
 * The worker that looks at frames, those a page took or those it decodes itself, and reads marks in them. One worker
 * for both: they take turns anyway, and the runtime of the networks takes more memory than any of them.
 */
import { sendBlobBytesAway } from '../engine/let-go';
import { pixelCalls } from '../engine/look';
import { marksCalls } from '../engine/read-marks';
import { serveCalls } from '../engine/worker/serve';
import type { WorkerScope } from '../engine/worker/serve';
import { TRANSFER_FREES_BLOBS } from '../platform/freeing';

if (!TRANSFER_FREES_BLOBS) sendBlobBytesAway();
serveCalls(self as unknown as WorkerScope, { ...pixelCalls(), ...marksCalls() });
