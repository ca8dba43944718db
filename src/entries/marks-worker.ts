/** The worker that reads marks in pictures. */
import { marksCalls } from '../engine/read-marks';
import { serveCalls } from '../engine/worker/serve';
import type { WorkerScope } from '../engine/worker/serve';

serveCalls(self as unknown as WorkerScope, marksCalls());
