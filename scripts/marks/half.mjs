/**
 * Stores the weights of an ONNX model in half the bits, with a cast back to 32 bits: what ships is a model that any
 * runtime reads. Ours never sees the casts (src/engine/network/widen.ts). Only the fields that are needed are understood;
 * everything else is copied as it is.
 */
import { constantOf, field, fields, find, whole, withNodes, withTensor } from './proto.mjs';

const FLOAT = 1;
const FLOAT16 = 10;
/** Smaller tensors aren't worth a node of their own. */
const MIN_VALUES = 256;

/**
 * The nearest number of 16 bits; of two that are as near, the even one.
 * @param {number} bits those of a number of 32 bits
 */
function half(bits) {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size >= 0x47800000) throw new RangeError('a weight is too large for 16 bits');
  if (size < 0x33000000) return sign;
  const exponent = size >>> 23;
  const shift = exponent < 113 ? 126 - exponent : 13;
  const mantissa = exponent < 113 ? (size & 0x7fffff) | 0x800000 : size - (112 << 23);
  const down = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (down + (rest > tie || (rest === tie && (down & 1) === 1) ? 1 : 0));
}

function halved(raw) {
  const aligned = new Uint32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const out = new Uint16Array(aligned.length);
  for (let i = 0; i < out.length; i++) out[i] = half(aligned[i]);
  return Buffer.from(out.buffer);
}

/** TensorProto: 2 is the type, 9 the values. Null for what stays as it is. */
function smallTensor(tensor) {
  const raw = find(tensor, 9);
  const type = find(tensor, 2);
  if (raw === undefined || type?.[0] !== FLOAT || raw.length < MIN_VALUES * 4) return null;
  const parts = [...fields(tensor)].map((f) => {
    if (f.number === 2) return whole(2, FLOAT16);
    return f.number === 9 ? field(9, halved(raw)) : f.whole;
  });
  return Buffer.concat(parts);
}

/** NodeProto: 1 inputs, 2 outputs, 3 name, 4 operator, 5 attributes (1 name, 3 a number, 5 a tensor, 20 its kind). */
function castNode(from, to) {
  const attribute = Buffer.concat([field(1, Buffer.from('to')), whole(3, FLOAT), whole(20, 2)]);
  const name = field(3, Buffer.concat([Buffer.from('cast '), to]));
  return Buffer.concat([field(1, from), field(2, to), name, field(4, Buffer.from('Cast')), field(5, attribute)]);
}

/** A constant of many values as two nodes; other nodes as they are. */
function smallNode(node) {
  const tensor = constantOf(node);
  const small = tensor === undefined ? null : smallTensor(tensor);
  if (small === null) return [node];
  const output = find(node, 2);
  const stored = Buffer.concat([output, Buffer.from('.half')]);
  const renamed = [...fields(node)].map((f) => (f.number === 2 ? field(2, stored) : f.whole));
  return [withTensor(Buffer.concat(renamed), small), castNode(stored, output)];
}

/**
 * @param {Uint8Array} model an ONNX model whose weights are constants
 * @returns {Buffer} the same model with weights of 16 bits
 */
export const halfWeights = (model) => withNodes(model, smallNode);
