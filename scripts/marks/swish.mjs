/**
 * The hard swish of an ONNX model, written as x * clip(x + 3, 0, 6) / 6, becomes x * HardSigmoid(x): two passes over the
 * values of a picture instead of four. Results differ in their last bits.
 */
import { constantOf, field, fields, find, latin, nodesOf, whole, withNodes } from './proto.mjs';

/** AttributeProto: 1 is the name, 2 a number of 32 bits, 20 the kind, of which 1 is such a number. */
const FLOAT_KIND = whole(20, 1);
const attribute = (name, value) => {
  const number = Buffer.alloc(5);
  number[0] = 2 * 8 + 5;
  number.writeFloatLE(value, 1);
  return field(5, Buffer.concat([field(1, Buffer.from(name)), number, FLOAT_KIND]));
};

/** NodeProto: 1 are inputs, 2 outputs, 4 is the operator. */
const made = (operator, inputs, output, attributes = []) =>
  Buffer.concat([
    ...inputs.map((name) => field(1, Buffer.from(name))),
    field(2, Buffer.from(output)),
    field(4, Buffer.from(operator)),
    ...attributes,
  ]);

const texts = (node, number) => [...fields(node)].filter((f) => f.number === number).map((f) => latin(f.bytes));

/** The one number of a constant. TensorProto: 9 are the values. */
function numberOf(node) {
  const values = node === undefined ? undefined : find(constantOf(node) ?? [], 9);
  return values?.length === 4 ? Buffer.from(values).readFloatLE() : undefined;
}

/** Numbers of a clip: further inputs, or attributes by their names. */
function limitsOf(clip, number) {
  const [, ...inputs] = texts(clip, 1);
  if (inputs.length > 0) return inputs.map(number);
  const named = [...fields(clip)].filter((f) => f.number === 5).map(({ bytes }) => [latin(find(bytes, 1)), bytes]);
  return ['min', 'max'].map((name) => {
    const bytes = named.find(([key]) => key === name)?.[1];
    return bytes === undefined ? undefined : Buffer.from(find(bytes, 2)).readFloatLE();
  });
}

/** Its nodes, when a division is the end of a hard swish. */
function swishAt(division, madeBy) {
  const is = (node, operator) => node !== undefined && latin(find(node, 4)) === operator;
  const number = (name) => numberOf(madeBy.get(name));
  const [product, six] = texts(division, 1);
  const times = madeBy.get(product);
  if (!is(division, 'Div') || number(six) !== 6 || !is(times, 'Mul')) return null;
  const [x, clipped] = texts(times, 1);
  const clip = madeBy.get(clipped);
  if (!is(clip, 'Clip')) return null;
  const [low, high] = limitsOf(clip, number);
  const sum = madeBy.get(texts(clip, 1)[0]);
  const [same, three] = is(sum, 'Add') ? texts(sum, 1) : [];
  if (low !== 0 || high !== 6 || same !== x || number(three) !== 3) return null;
  return { x, gate: clipped, gone: [sum, clip, times] };
}

/**
 * @param {Uint8Array} model an ONNX model
 * @returns {Buffer} the same model with its hard swishes in two steps each
 */
export function shortSwish(model) {
  const nodes = nodesOf(model);
  const madeBy = new Map(nodes.map((node) => [texts(node, 2)[0], node]));
  const swishes = new Map(
    nodes.map((node) => [texts(node, 2)[0], swishAt(node, madeBy)]).filter(([, s]) => s !== null),
  );
  const gone = new Set([...swishes.values()].flatMap((swish) => swish.gone).map((node) => texts(node, 2)[0]));
  const short = withNodes(model, (node) => {
    const [output] = texts(node, 2);
    const swish = swishes.get(output);
    if (gone.has(output)) return [];
    if (swish === undefined) return [node];
    const gate = made('HardSigmoid', [swish.x], swish.gate, [attribute('alpha', 1 / 6), attribute('beta', 0.5)]);
    return [gate, made('Mul', [swish.x, swish.gate], output)];
  });
  const used = new Set(nodesOf(short).flatMap((node) => texts(node, 1)));
  return withNodes(short, (node) => (constantOf(node) === undefined || used.has(texts(node, 2)[0]) ? [node] : []));
}
