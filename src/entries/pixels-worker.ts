/** The worker that looks at frames: those a page took, or those it decodes itself. */
import { pixelCalls } from '../engine/look';
import { serveCalls } from '../engine/worker/serve';
import type { WorkerScope } from '../engine/worker/serve';

serveCalls(self as unknown as WorkerScope, pixelCalls());
