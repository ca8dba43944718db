/**
 * Makes an ONNX model's weights of 16 bits ones of 32 before the runtime sees them. The runtime can do so itself (the
 * files hold a cast for each), but the browser's compiler then takes 60 MB and a second for that one loop.
 * Of the protocol buffer only the way to the weights is understood; everything else is copied as it is.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** TensorProto: field 2 is the type of its values, 9 the values. */
const TYPE = 2;
const VALUES = 9;
const FLOAT = 1;
const FLOAT16 = 10;
/** Kind of a field whose value is bytes with their length in front. */
const BYTES = 2;

/** By field numbers, which messages hold tensors; null is a tensor. */
interface Way {
  [field: number]: Way | null;
}
/** ModelProto 7: graph; GraphProto 5: weights, 1: nodes; NodeProto 5: attributes; AttributeProto 5: a constant. */
const WAY: Way = { 7: { 5: null, 1: { 5: { 5: null } } } };

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

function singles(halves: Bytes): Bytes {
  const from = new DataView(halves.buffer, halves.byteOffset, halves.length);
  const out = new Uint32Array(halves.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = single(from.getUint16(i * 2, true));
  return new Uint8Array(out.buffer);
}

const partsOf = (number: number, parts: Bytes[]): Bytes[] => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varint(number * 8 + BYTES), ...varint(length)]), ...parts];
};

function wideTensor(tensor: Bytes): Bytes[] {
  const all = fields(tensor);
  const isHalf = all.some(({ number, kind, value }) => number === TYPE && kind === 0 && value[0] === FLOAT16);
  if (!isHalf || !all.some(({ number }) => number === VALUES)) return [tensor];
  return all.flatMap(({ number, whole, value }) => {
    if (number === TYPE) return [Uint8Array.from([TYPE * 8, FLOAT])];
    return number === VALUES ? partsOf(VALUES, [singles(value)]) : [whole];
  });
}

const wide = (message: Bytes, way: Way): Bytes[] =>
  fields(message).flatMap(({ number, kind, whole, value }) => {
    const next = way[number];
    if (next === undefined || kind !== BYTES) return [whole];
    return partsOf(number, next === null ? wideTensor(value) : wide(value, next));
  });

/**
 * @param model an ONNX model, whole
 * @returns the same model with every constant of 16 bits as one of 32; not one value changes
 * @throws RangeError when it is cut off
 */
export function widenWeights(model: Bytes): Bytes {
  const parts = wide(model, WAY);
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
