/** As much of the binary format of WebAssembly as is needed to find functions and to empty them. */

const IMPORTS = 2;
const EXPORTS = 7;
const CODE = 10;
/** `unreachable`, without locals: what stands in the place of a function that is never called. */
const TRAP = Buffer.from([0, 0x00, 0x0b]);

/** @returns {[value: number, end: number]} an unsigned number of LEB128 */
export function readUnsigned(bytes, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('a module that ends too early');
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

/** Where a number of LEB128 ends, whatever its size and sign. */
export function pastNumber(bytes, at) {
  while (bytes[at] > 127) at++;
  return at + 1;
}

/** Where the type of a value, or of a block, ends: a reference to a type has that type behind it. */
export const pastType = (bytes, at) => pastNumber(bytes, [0x63, 0x64].includes(bytes[at]) ? at + 1 : at);

function unsigned(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  return Buffer.from([...out, value]);
}

/** Sections in their order: number, whole extent, and extent of the content. */
function* sections(wasm) {
  for (let at = 8; at < wasm.length;) {
    const [length, start] = readUnsigned(wasm, at + 1);
    yield { number: wasm[at], from: at, start, end: start + length };
    at = start + length;
  }
}

const section = (wasm, number) => [...sections(wasm)].find((s) => s.number === number);

const pastName = (wasm, at) => {
  const [length, start] = readUnsigned(wasm, at);
  return start + length;
};

const pastLimits = (wasm, at) => {
  const least = pastNumber(wasm, at + 1);
  return (wasm[at] & 1) === 1 ? pastNumber(wasm, least) : least;
};

/** How an import of each kind ends: function, table, memory, global, tag. */
const PAST_IMPORT = [
  pastNumber,
  (wasm, at) => pastLimits(wasm, at + 1),
  pastLimits,
  (_wasm, at) => at + 2,
  (wasm, at) => pastNumber(wasm, at + 1),
];

/** How many functions are imported: the first one of the code section has this index. */
export function importedFunctions(wasm) {
  const [count, start] = readUnsigned(wasm, section(wasm, IMPORTS).start);
  let [at, found] = [start, 0];
  for (let i = 0; i < count; i++) {
    at = pastName(wasm, pastName(wasm, at));
    const kind = wasm[at];
    if (kind === 0) found++;
    at = PAST_IMPORT[kind](wasm, at + 1);
  }
  return found;
}

/** Indices of the functions that are exported. */
export function exportedFunctions(wasm) {
  const [count, start] = readUnsigned(wasm, section(wasm, EXPORTS).start);
  const found = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    at = pastName(wasm, at);
    const [index, end] = readUnsigned(wasm, at + 1);
    if (wasm[at] === 0) found.push(index);
    at = end;
  }
  return found;
}

/** Bodies of the functions of the code section, in their order. */
export function bodies(wasm) {
  let [count, at] = readUnsigned(wasm, section(wasm, CODE).start);
  const found = [];
  for (; count > 0; count--) {
    const [length, start] = readUnsigned(wasm, at);
    at = start + length;
    found.push(wasm.subarray(start, at));
  }
  return found;
}

/**
 * The same module with every function of the code section emptied that `keeps` doesn't name: a call of it traps.
 * @param {Uint8Array} wasm
 * @param {(index: number) => boolean} keeps by the index that a call has, imports counted
 */
export function withoutFunctions(wasm, keeps) {
  const first = importedFunctions(wasm);
  const kept = bodies(wasm).map((body, i) => (keeps(first + i) ? body : TRAP));
  const code = Buffer.concat([unsigned(kept.length), ...kept.flatMap((body) => [unsigned(body.length), body])]);
  const parts = [...sections(wasm)].map(({ number, from, end }) =>
    number === CODE ? Buffer.concat([Buffer.from([CODE]), unsigned(code.length), code]) : wasm.subarray(from, end),
  );
  return Buffer.concat([wasm.subarray(0, 8), ...parts]);
}
