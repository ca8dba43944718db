/**
 * `node scripts/runtime.mjs`: finds out which functions of ONNX Runtime the networks of the package reach, and writes
 * scripts/runtime/kept.json. To be run when a network or the version of the runtime changes.
 */
import { calledFunctions, withCallees } from './runtime/reached.mjs';
import { slimRuntime, wholeRuntime, writeKept } from './runtime/slim.mjs';
import { ROOT, ensurePackages, say } from './setup.mjs';

ensurePackages();
process.chdir(ROOT);
const whole = wholeRuntime();
const kept = withCallees(whole, calledFunctions());
writeKept(whole, kept);
say(`${kept.size} functions stay: ${slimRuntime().length} of ${whole.length} bytes.`);
