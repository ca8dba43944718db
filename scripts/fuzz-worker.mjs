/** The thread of `npm run fuzz` that reads mutated bytes. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { runnerImport } from 'vite';
import { ROOT } from './setup.mjs';

const { module } = await runnerImport(join(ROOT, 'test/engine/fuzz/in-worker.ts'), { root: ROOT, configFile: false });
parentPort.postMessage(await module.workOff(workerData.range, workerData.at));
