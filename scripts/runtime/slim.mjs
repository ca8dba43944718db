/**
 * ONNX Runtime's module as it ships: all functions that our networks never reach are emptied. It has operators for every
 * network there is; a browser compiles them all, and keeps three times their size.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutFunctions } from './wasm.mjs';

const WHOLE = 'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm';
const KEPT = 'scripts/runtime/kept.json';

/** @returns {Uint8Array} the module as its makers publish it */
export const wholeRuntime = (root = '.') => readFileSync(join(root, WHOLE));

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * @returns {(index: number) => boolean} whether a function of this module is kept
 * @throws when the list was made for another module
 */
export function keptFunctions(whole, root = '.') {
  const list = JSON.parse(readFileSync(join(root, KEPT), 'utf8'));
  if (list.wasm !== sha256(whole)) {
    throw new Error(`${KEPT} was made for another version of onnxruntime-web: run \`node scripts/runtime.mjs\`.`);
  }
  const bits = Buffer.from(list.functions, 'base64');
  return (index) => ((bits[index >> 3] >> (index & 7)) & 1) === 1;
}

/** @param {Set<number>} functions that are to be kept */
export function writeKept(whole, functions, root = '.') {
  const bits = Buffer.alloc((Math.max(...functions) >> 3) + 1);
  for (const index of functions) bits[index >> 3] |= 1 << (index & 7);
  const list = { wasm: sha256(whole), functions: bits.toString('base64') };
  writeFileSync(join(root, KEPT), `${JSON.stringify(list, null, 2)}\n`);
}

/** @returns {Uint8Array} the module that ships */
export function slimRuntime(root = '.') {
  const whole = wholeRuntime(root);
  return withoutFunctions(whole, keptFunctions(whole, root));
}
