/** Which functions of the runtime the networks of the package reach: those that were called, and all that these can call. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directCalls } from './calls.mjs';
import { bodies, exportedFunctions, importedFunctions } from './wasm.mjs';

/** A run takes seconds, and some more on a busy machine. */
const PATIENCE_MS = 150_000;
/** Functions are compiled when they are first called, and told then. */
const FLAGS = ['--wasm-lazy-compilation', '--trace-wasm-compilation-times'];
const TOLD = /^Compiled function (0x[0-9a-f]+)#(\d+) /gm;

/** What the engine tells of a run of `exercise.mjs`. Into a file: of what goes into a pipe it drops lines. */
function toldOfARun() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-runtime-'));
  const file = join(folder, 'told');
  try {
    const out = openSync(file, 'w');
    const { status, stderr } = spawnSync(process.execPath, [...FLAGS, 'scripts/runtime/exercise.mjs'], {
      stdio: ['ignore', out, 'pipe'],
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    });
    closeSync(out);
    if (status !== 0) throw new Error(`the networks could not be run to the end: ${stderr}`);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Indices of the functions that the networks call.
 * @throws when they can't be run
 */
export function calledFunctions() {
  // Node has small modules of its own; the runtime is the largest by far.
  const byModule = {};
  for (const [, module, index] of toldOfARun().matchAll(TOLD)) (byModule[module] ??= new Set()).add(Number(index));
  const [runtime] = Object.values(byModule).sort((a, b) => b.size - a.size);
  if (runtime === undefined) throw new Error('this version of Node does not tell which functions are called');
  return runtime;
}

/** The given functions, the exported ones, and every function that one of these calls by name, at any distance. */
export function withCallees(wasm, functions) {
  const first = importedFunctions(wasm);
  const all = bodies(wasm);
  const found = new Set([...functions, ...exportedFunctions(wasm)]);
  // What is added to a set while it is gone through is met too.
  for (const index of found) {
    if (index >= first) for (const callee of directCalls(all[index - first])) found.add(callee);
  }
  return found;
}
