/**
 * The worker that looks at frames, those a page took or those it decodes itself, and reads marks in them. One worker
 * for both: they take turns anyway, and the runtime of the networks takes more memory than any of them.
 */
import { pixelCalls } from '../engine/look';
import { marksCalls } from '../engine/read-marks';
import { serveCalls } from '../engine/worker/serve';
import type { WorkerScope } from '../engine/worker/serve';

serveCalls(self as unknown as WorkerScope, { ...pixelCalls(), ...marksCalls() });
