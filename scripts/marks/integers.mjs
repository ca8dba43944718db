/**
 * All integers of an ONNX model in 64 bits, as the runtime computes shapes anyway, so that none has to be cast while the
 * network runs: see src/engine/network/widen.ts for what one cast costs.
 */
import { constantOf, field, fields, find, latin, whole, withNodes, withTensor } from './proto.mjs';

const INT32 = 6;
const INT64 = 7;

/** TensorProto: 2 is the type, 9 the values. */
function longTensor(tensor) {
  const raw = find(tensor, 9);
  if (raw === undefined) throw new RangeError('integers that are not stored as bytes');
  const from = new Int32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const values = Buffer.from(BigInt64Array.from(from, BigInt).buffer);
  return Buffer.concat(
    [...fields(tensor)].map((f) => (f.number === 2 ? whole(2, INT64) : f.number === 9 ? field(9, values) : f.whole)),
  );
}

/** NodeProto: 4 is the operator, 5 its attribute, whose number (3) is the type that a cast is to. */
function withoutCast(node) {
  const kept = [...fields(node)].filter((f) => f.number !== 5);
  return Buffer.concat(kept.map((f) => (f.number === 4 ? field(4, Buffer.from('Identity')) : f.whole)));
}

const isCastToInteger = (node) =>
  latin(find(node, 4) ?? []) === 'Cast' && [INT32, INT64].includes(find(find(node, 5), 3)?.[0]);

function longNode(node) {
  const tensor = constantOf(node);
  if (tensor !== undefined && find(tensor, 2)?.[0] === INT32) return [withTensor(node, longTensor(tensor))];
  return [isCastToInteger(node) ? withoutCast(node) : node];
}

/**
 * @param {Uint8Array} model an ONNX model that casts integers to integers only
 * @returns {Buffer} the same model with integers of 64 bits alone
 */
export const longIntegers = (model) => withNodes(model, longNode);
