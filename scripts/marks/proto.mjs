/** As much of the protocol buffers of an ONNX model as the scripts here read and write. */

export const latin = (bytes) => Buffer.from(bytes).toString('latin1');

function readVarint(bytes, at) {
  let value = 0;
  let shift = 1;
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
    shift *= 128;
  }
}

function varint(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  return [...out, value];
}

/** Fields of a message, in their order; `bytes` (of kind 2) or the raw bytes of the value. */
export function* fields(bytes) {
  for (let at = 0; at < bytes.length;) {
    const start = at;
    let tag;
    [tag, at] = readVarint(bytes, at);
    const kind = tag % 8;
    let length = kind === 1 ? 8 : 4;
    if (kind === 2) [length, at] = readVarint(bytes, at);
    else if (kind === 0) length = readVarint(bytes, at)[1] - at;
    yield {
      number: Math.floor(tag / 8),
      bytes: bytes.subarray(at, at + length),
      whole: bytes.subarray(start, at + length),
    };
    at += length;
  }
}

/** A field of bytes. */
export const field = (number, bytes) =>
  Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
/** A field that is a number. */
export const whole = (number, value) => Buffer.from([...varint(number * 8), ...varint(value)]);
export const find = (bytes, number) => [...fields(bytes)].find((f) => f.number === number)?.bytes;

/**
 * A node whose one constant is another: NodeProto 5 is its attribute, AttributeProto 5 the tensor.
 * @param {Uint8Array} node a constant
 */
export function withTensor(node, tensor) {
  const attribute = Buffer.concat([...fields(find(node, 5))].map((a) => (a.number === 5 ? field(5, tensor) : a.whole)));
  return Buffer.concat([...fields(node)].map((f) => (f.number === 5 ? field(5, attribute) : f.whole)));
}

/** The tensor of a node that is a constant, else undefined. NodeProto: 4 is the operator. */
export function constantOf(node) {
  const operator = find(node, 4);
  return operator !== undefined && latin(operator) === 'Constant' ? find(find(node, 5), 5) : undefined;
}

/**
 * A model with its nodes changed. ModelProto: 7 is the graph; GraphProto: 1 are its nodes, in the order in which they run.
 * @param {(node: Uint8Array) => Uint8Array[]} change what stands in a node's place
 */
export const withNodes = (model, change) => {
  const graph = (bytes) =>
    Buffer.concat(
      [...fields(bytes)].flatMap((f) => (f.number === 1 ? change(f.bytes).map((n) => field(1, n)) : f.whole)),
    );
  return Buffer.concat([...fields(model)].map((f) => (f.number === 7 ? field(7, graph(f.bytes)) : f.whole)));
};
