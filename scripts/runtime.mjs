/**
 * `node scripts/runtime.mjs`: finds out which functions of ONNX Runtime the networks of the package reach, and writes
 * scripts/runtime/kept.json. To be run when a network or the version of the runtime changes.
 */
import { writeFileSync } from 'node:fs';
import { calledFunctions, withCallees } from './runtime/reached.mjs';
import { sha256, slimRuntime, wholeRuntime } from './runtime/slim.mjs';
import { ROOT, ensurePackages, say } from './setup.mjs';

ensurePackages();
process.chdir(ROOT);
const whole = wholeRuntime();
const kept = withCallees(whole, calledFunctions());
const bits = Buffer.alloc((Math.max(...kept) >> 3) + 1);
for (const index of kept) bits[index >> 3] |= 1 << (index & 7);
const list = { wasm: sha256(whole), functions: bits.toString('base64') };
writeFileSync('scripts/runtime/kept.json', `${JSON.stringify(list, null, 2)}\n`);
say(`${kept.size} functions stay: ${slimRuntime().length} of ${whole.length} bytes.`);
