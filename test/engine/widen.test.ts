import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { marksFiles } from '../../scripts/marks/files.mjs';
import { widenWeights } from '../../src/engine/network/widen';

/** A message's field: a number, or bytes. */
const field = (number: number, value: number | number[]): number[] =>
  typeof value === 'number'
    ? [...varint(number * 8), ...varint(value)]
    : [...varint(number * 8 + 2), ...varint(value.length), ...value];
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];

const tensor = (type: number, values: number[]): number[] => [
  ...field(1, 3),
  ...field(2, type),
  ...field(8, ascii('w')),
  ...field(9, values),
];
const model = (inGraph: number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...field(1, 8), ...field(2, ascii('maker')), ...field(7, inGraph), ...field(8, [0x10, 13])]);
const floats = (values: number[]): number[] => [...new Uint8Array(Float32Array.from(values).buffer)];

/** Halves and what they stand for, among them the least and the largest of each kind (IEEE 754). */
const HALVES: [bits: number, value: number][] = [
  [0x0000, 0],
  [0x8000, -0],
  [0x0001, 2 ** -24],
  [0x83ff, -1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3c00, 1],
  [0xc248, -3.140625],
  [0x7bff, 65504],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
];
const halves = HALVES.flatMap(([bits]) => [bits & 255, bits >> 8]);
const wide = floats(HALVES.map(([, value]) => value));

test('a weight of 16 bits becomes one of 32 with the same value; the rest stays as it is', () => {
  const graph = (type: number, values: number[]): number[] => [
    ...field(2, ascii('graph')),
    ...field(5, tensor(type, values)),
    ...field(5, tensor(7, [1, 2, 3])),
  ];
  expect(widenWeights(model(graph(10, halves)))).toEqual(model(graph(1, wide)));
});

test('so does a constant of a node, and nothing of the node is lost', () => {
  const graph = (type: number, values: number[]): number[] => {
    const attribute = [...field(1, ascii('value')), ...field(5, tensor(type, values)), ...field(20, 4)];
    const node = [...field(2, ascii('w.half')), ...field(4, ascii('Constant')), ...field(5, attribute)];
    return [...field(1, node), ...field(1, [...field(1, ascii('w.half')), ...field(4, ascii('Add'))])];
  };
  expect(widenWeights(model(graph(10, halves)))).toEqual(model(graph(1, wide)));
});

const node = (operator: string, input: string, attribute: number[] = []): number[] =>
  field(1, [...field(1, ascii(input)), ...field(2, ascii('out')), ...field(4, ascii(operator)), ...attribute]);
const castTo = (type: number): number[] => field(5, [...field(1, ascii('to')), ...field(3, type), ...field(20, 2)]);

test.each([
  ['of a weight to 32 bits', node('Cast', 'w', castTo(1)), node('Identity', 'w')],
  ['of a weight to another kind', node('Cast', 'w', castTo(11)), node('Cast', 'w', castTo(11))],
  ['of anything else', node('Cast', 'x', castTo(1)), node('Cast', 'x', castTo(1))],
])('a cast %s', (_, before, after) => {
  const graph = (type: number, values: number[], nodes: number[]): number[] => [
    ...nodes,
    ...field(5, tensor(type, values)),
  ];
  expect(widenWeights(model(graph(10, halves, before)))).toEqual(model(graph(1, wide, after)));
});

test('not a number stays not a number', () => {
  const graph = widenWeights(model(field(5, tensor(10, [0x01, 0x7e]))));
  const values = new DataView(graph.buffer).getFloat32(graph.length - 8, true);
  expect(values).toBeNaN();
});

test('a model without weights of 16 bits is copied', () => {
  const plain = model(field(5, tensor(1, floats([1, 2]))));
  expect(widenWeights(plain)).toEqual(plain);
});

test('a model that is cut off is refused, wherever it is cut', () => {
  const whole = model(field(5, tensor(10, halves)));
  for (let end = whole.length - 1; end > whole.length - 40; end--) {
    const cut = whole.slice(0, end);
    try {
      expect(widenWeights(cut).length).toBeLessThanOrEqual(cut.length * 2);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
  expect(() => widenWeights(whole.slice(0, whole.length - 6))).toThrow(RangeError);
});

test.each([
  ['model.onnx', (): Uint8Array => readFileSync('public/model/model.onnx')],
  ['detect.onnx', (): Uint8Array => marksFiles()['detect.onnx']],
  ['read.onnx', (): Uint8Array => marksFiles()['read.onnx']],
  ['sign.onnx', (): Uint8Array => marksFiles()['sign.onnx']],
])('%s: nearly all of it is weights, so it nearly doubles, and nothing is cast', (_, read) => {
  const shipped = new Uint8Array(read());
  const widened = widenWeights(shipped);
  expect(widened.length / shipped.length).toBeGreaterThan(1.9);
  expect(Buffer.from(widened).includes(Buffer.from(field(4, ascii('Cast'))))).toBe(false);
});
