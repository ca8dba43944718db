/** Which functions the body of a WebAssembly function calls by name: its instructions, read one after the other. */
import { pastNumber, pastType, readUnsigned } from './wasm.mjs';

const numbers = (count) => (code, at) => {
  for (let i = 0; i < count; i++) at = pastNumber(code, at);
  return at;
};
const bytes = (count) => (_code, at) => at + count;
const none = bytes(0);
const one = numbers(1);
const two = numbers(2);

/** An address in memory: alignment, the memory's number where a bit of it says so, offset. */
function pastAddress(code, at) {
  const [align, end] = readUnsigned(code, at);
  return numbers((align & 64) === 0 ? 1 : 2)(code, end);
}
const pastAddressAndLane = (code, at) => pastAddress(code, at) + 1;

/** A count, and as many numbers; a table of branches has one more. */
const list = (more) => (code, at) => {
  const [count, end] = readUnsigned(code, at);
  return numbers(count + more)(code, end);
};

const within = (low, high) => (value) => value >= low && value <= high;
const among =
  (...values) =>
  (value) =>
    values.includes(value);

/** What follows an instruction, by its number; the first row that fits counts. */
const PLAIN = [
  [among(0x02, 0x03, 0x04, 0x06), pastType],
  [among(0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x18), one],
  [among(0x0e), list(1)],
  [among(0x11, 0x13), two],
  [among(0x1c), list(0)],
  [within(0x20, 0x26), one],
  [within(0x28, 0x3e), pastAddress],
  [within(0x3f, 0x42), one],
  [among(0x43), bytes(4)],
  [among(0x44), bytes(8)],
  [among(0xd0, 0xd2), one],
  [among(0x00, 0x01, 0x05, 0x0a, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1), none],
  [within(0x45, 0xc4), none],
];
const BULK = [
  [within(0, 7), none],
  [among(8, 10, 12, 14), two],
  [within(9, 17), one],
];
const VECTOR = [
  [within(0, 11), pastAddress],
  [among(12, 13), bytes(16)],
  [within(21, 34), bytes(1)],
  [within(84, 91), pastAddressAndLane],
  [among(92, 93), pastAddress],
  [within(14, 0x114), none],
];
const ATOMIC = [
  [among(3), bytes(1)],
  [within(0, 0x4e), pastAddress],
];
const PREFIXED = { 0xfc: BULK, 0xfd: VECTOR, 0xfe: ATOMIC };

function pastOperands(rows, instruction, code, at) {
  const row = rows.find(([fits]) => fits(instruction));
  if (row === undefined) throw new RangeError(`an instruction that is not known: ${instruction}`);
  return row[1](code, at);
}

const END = 0x0b;
/** A call, a call that is the last, and a reference, with which a function may be called from anywhere. */
const CALLS = [0x10, 0x12, 0xd2];

/**
 * @param {Uint8Array} body of a function, with its locals in front
 * @returns {Set<number>} indices of the functions that it calls directly
 * @throws RangeError at an instruction that is not known, and when the last one is not the end of the body
 */
export function directCalls(body) {
  const found = new Set();
  let [locals, at] = readUnsigned(body, 0);
  for (; locals > 0; locals--) at = pastType(body, pastNumber(body, at));
  let instruction;
  while (at < body.length) {
    instruction = body[at++];
    const more = PREFIXED[instruction];
    if (CALLS.includes(instruction)) found.add(readUnsigned(body, at)[0]);
    const [number, end] = more === undefined ? [instruction, at] : readUnsigned(body, at);
    at = pastOperands(more ?? PLAIN, number, body, end);
  }
  if (at !== body.length || instruction !== END) throw new RangeError('a body that ends too early');
  return found;
}
