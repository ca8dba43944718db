/**
 * Makes an ONNX model's weights of 16 bits ones of 32 before the runtime sees them, and takes their casts away. The
 * runtime can cast them itself, but its one function for casts of all kinds is so large that the browser's compiler
 * takes 100 MB and a second for it once it was called some thirty times, however little it had to do.
 * Of the protocol buffer only the way to the weights is understood; everything else is copied as it is.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** ModelProto: 7 is the graph. GraphProto: 1 are nodes, 5 weights. */
const GRAPH = 7;
const NODE = 1;
const WEIGHT = 5;
/** NodeProto. */
const INPUT = 1;
const OUTPUT = 2;
const OPERATOR = 4;
const ATTRIBUTE = 5;
/** AttributeProto: 3 is a number, 5 a tensor. */
const NUMBER = 3;
const CONSTANT = 5;
/** TensorProto. */
const TYPE = 2;
const NAME = 8;
const VALUES = 9;
const FLOAT = 1;
const FLOAT16 = 10;
/** Kind of a field whose value is bytes with their length in front. */
const BYTES = 2;

interface Field {
  number: number;
  kind: number;
  /** The field with its head, and its value alone (of a number: as it is written). */
  whole: Bytes;
  value: Bytes;
}

function readVarint(bytes: Bytes, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('a model that ends too early');
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

function fields(bytes: Bytes): Field[] {
  const found: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const [tag, head] = readVarint(bytes, at);
    const kind = tag % 8;
    let [start, end] = [head, head + (kind === 1 ? 8 : 4)];
    if (kind === 0) end = readVarint(bytes, head)[1];
    if (kind === BYTES) {
      const [length, from] = readVarint(bytes, head);
      [start, end] = [from, from + length];
    }
    if (end > bytes.length) throw new RangeError('a model that ends too early');
    found.push({
      number: Math.floor(tag / 8),
      kind,
      whole: bytes.subarray(at, end),
      value: bytes.subarray(start, end),
    });
    at = end;
  }
  return found;
}

/** The 32 bits of a number of 16 (IEEE 754, binary16). */
function single(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 31;
  const mantissa = half & 1023;
  if (exponent === 31) return sign | 0x7f800000 | (mantissa << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (mantissa << 13);
  if (mantissa === 0) return sign;
  const lead = Math.clz32(mantissa) - 21;
  return sign | ((113 - lead) << 23) | (((mantissa << lead) & 1023) << 13);
}

/** Weights of 16 bits that are to be written as ones of 32. */
interface Halves {
  halves: Bytes;
}
type Part = Bytes | Halves;

const lengthOf = (part: Part): number => ('halves' in part ? part.halves.length * 2 : part.length);

/** Weights are converted a few at a time: all of them beside the model would be megabytes. */
const AT_ONCE = 1024;

function writeSingles({ halves }: Halves, out: Bytes, start: number): void {
  if (halves.length % 2 !== 0) throw new RangeError('weights of 16 bits that end in the middle of one');
  const from = new DataView(halves.buffer, halves.byteOffset, halves.length);
  const some = new Uint32Array(AT_ONCE);
  const count = halves.length / 2;
  for (let first = 0; first < count; first += AT_ONCE) {
    const n = Math.min(AT_ONCE, count - first);
    for (let i = 0; i < n; i++) some[i] = single(from.getUint16((first + i) * 2, true));
    out.set(new Uint8Array(some.buffer, 0, n * 4), start + first * 4);
  }
}

const partsOf = (number: number, parts: Part[]): Part[] => {
  const length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return [Uint8Array.from([...varint(number * 8 + BYTES), ...varint(length)]), ...parts];
};

const ascii = new TextDecoder('latin1');
const text = (all: Field[], number: number): string =>
  ascii.decode(all.find((field) => field.number === number)?.value ?? new Uint8Array());

/** Every part of a message whose field is not to stay as it is, by `change`; no parts take a field away. */
const changed = (all: Field[], change: (field: Field) => Part[] | undefined): Part[] =>
  all.flatMap((field) => change(field) ?? [field.whole]);

const isHalf = (tensor: Field[]): boolean =>
  tensor.some(({ number, kind, value }) => number === TYPE && kind === 0 && value[0] === FLOAT16) &&
  tensor.some(({ number }) => number === VALUES);

function wideTensor(tensor: Bytes): Part[] {
  const all = fields(tensor);
  if (!isHalf(all)) return [tensor];
  return changed(all, ({ number, value }) => {
    if (number === TYPE) return [Uint8Array.from([TYPE * 8, FLOAT])];
    return number === VALUES ? partsOf(VALUES, [{ halves: value }]) : undefined;
  });
}

/** The fields `number` of a message that are messages themselves. */
const messages = (all: Field[], number: number): Field[][] =>
  all.filter((field) => field.number === number && field.kind === BYTES).map(({ value }) => fields(value));

/** Names of the weights and constants of 16 bits. */
function halfNames(graph: Field[]): Set<string> {
  const weights = messages(graph, WEIGHT).filter(isHalf);
  const constants = messages(graph, NODE).filter((node) =>
    messages(node, ATTRIBUTE).some((attribute) => messages(attribute, CONSTANT).some(isHalf)),
  );
  return new Set([...weights.map((tensor) => text(tensor, NAME)), ...constants.map((node) => text(node, OUTPUT))]);
}

const isCastToFloat = (node: Field[]): boolean =>
  text(node, OPERATOR) === 'Cast' &&
  messages(node, ATTRIBUTE).some((all) => all.some(({ number, value }) => number === NUMBER && value[0] === FLOAT));

function wideNode(node: Bytes, halves: Set<string>): Part[] {
  const all = fields(node);
  if (isCastToFloat(all) && halves.has(text(all, INPUT))) {
    return changed(all, ({ number }) => {
      if (number === OPERATOR) return partsOf(OPERATOR, [new TextEncoder().encode('Identity')]);
      return number === ATTRIBUTE ? [] : undefined;
    });
  }
  return changed(all, ({ number, value }) =>
    number === ATTRIBUTE ? partsOf(ATTRIBUTE, wideConstant(value)) : undefined,
  );
}

const wideConstant = (attribute: Bytes): Part[] =>
  changed(fields(attribute), ({ number, kind, value }) =>
    number === CONSTANT && kind === BYTES ? partsOf(CONSTANT, wideTensor(value)) : undefined,
  );

function wideGraph(graph: Bytes): Part[] {
  const all = fields(graph);
  const halves = halfNames(all);
  return changed(all, ({ number, value }) => {
    if (number === WEIGHT) return partsOf(WEIGHT, wideTensor(value));
    return number === NODE ? partsOf(NODE, wideNode(value, halves)) : undefined;
  });
}

/**
 * @param model an ONNX model, whole
 * @returns the same model with every constant of 16 bits as one of 32, and without a cast of it; not one value changes
 * @throws RangeError when it is cut off
 */
export function widenWeights(model: Bytes): Bytes {
  const parts = changed(fields(model), ({ number, value }) =>
    number === GRAPH ? partsOf(GRAPH, wideGraph(value)) : undefined,
  );
  const out = new Uint8Array(parts.reduce((sum, part) => sum + lengthOf(part), 0));
  let at = 0;
  for (const part of parts) {
    if ('halves' in part) writeSingles(part, out, at);
    else out.set(part, at);
    at += lengthOf(part);
  }
  return out;
}
