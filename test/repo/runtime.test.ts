/** The runtime that ships holds all that the networks reach (scripts/runtime). */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { directCalls } from '../../scripts/runtime/calls.mjs';
import { calledFunctions, withCallees } from '../../scripts/runtime/reached.mjs';
import { keptFunctions, wholeRuntime } from '../../scripts/runtime/slim.mjs';
import { bodies, exportedFunctions, importedFunctions, withoutFunctions } from '../../scripts/runtime/wasm.mjs';

const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
const section = (number: number, content: number[]): number[] => [number, content.length, ...content];

/** Calls function 2, after much whose bytes, read wrongly, are a call of function 3. */
const RUN = [
  ...[1, 2, 0x7f], // two locals
  ...[0x41, 0x10, 0x1a], // i32.const 16, drop
  ...[0x43, 0x10, 0x03, 0x10, 0x03, 0x1a], // f32.const, drop
  ...[0xfd, 12, ...Array.from({ length: 8 }, () => [0x10, 0x03]).flat(), 0x1a], // v128.const, drop
  ...[0x41, 0, 0xfd, 0, 0, 0x10, 0x1a], // v128.load at 0 + 16, drop
  ...[0x41, 0, 0x28, 2, 0x10, 0x1a], // i32.load at 0 + 16, drop
  ...[0x02, 0x40, 0x41, 0, 0x0e, 1, 0, 0, 0x0b], // a block that is left by a table of branches
  ...[0x10, 2, 0x0b], // call 2
];

/** Function 0 is imported; 1 is exported and calls 2, which gives 7; 3 gives 9 and stands in a table. */
const module = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 0, 1, 0x7f]),
  ...section(2, [
    ...[3, ...name('m'), ...name('memory'), 2, 1, 1, 2],
    ...[...name('m'), ...name('number'), 3, 0x7f, 0],
    ...[...name('m'), ...name('function'), 0, 0],
  ]),
  ...section(3, [3, 0, 0, 0]),
  ...section(4, [1, 0x70, 0, 1]),
  ...section(7, [2, ...name('table'), 1, 0, ...name('run'), 0, 1]),
  ...section(9, [1, 0, 0x41, 0, 0x0b, 1, 3]),
  ...section(10, [3, RUN.length, ...RUN, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 9, 0x0b]),
]);

interface Exports {
  run(): number;
  table: WebAssembly.Table;
}

async function exportsOf(wasm: Uint8Array<ArrayBuffer>): Promise<Exports> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const number = new WebAssembly.Global({ value: 'i32' }, 0);
  const { instance } = await WebAssembly.instantiate(wasm, { m: { memory, number, function: () => 0 } });
  return instance.exports as unknown as Exports;
}

describe('a body of a function', () => {
  test.each<[string, number[], number[]]>([
    ['a call, and a call that is the last', [0, 0x10, 5, 0x12, 0x84, 1, 0x0b], [5, 132]],
    ['a reference, with which it may be called from anywhere', [0, 0xd2, 6, 0x1a, 0x0b], [6]],
    ['types of references, of locals and of blocks', [1, 1, 0x63, 0x10, 0x02, 0x64, 0x10, 0x0b, 0x10, 7, 0x0b], [7]],
    ['an address in a memory of its own number', [0, 0x28, 0x42, 0x10, 0x10, 0x0b], []],
    ['an atomic fence, and an atomic address', [0, 0xfe, 3, 0x10, 0xfe, 0x10, 2, 0x10, 0x0b], []],
  ])('%s', (_, body, calls) => {
    expect([...directCalls(Uint8Array.from(body))]).toEqual(calls);
  });
  test.each<[string, number[]]>([
    ['an instruction that is not known', [0, 0x1f, 0x40, 0, 0x0b]],
    ['no end', [0, 0x10, 3]],
    ['an end in the middle of a number', [0, 0x10, 0x83]],
    ['an end in the middle of a constant', [0, 0x43, 0, 0x0b]],
  ])('%s is told, not guessed', (_, body) => {
    expect(() => directCalls(Uint8Array.from(body))).toThrow(RangeError);
  });
});

describe('a module', () => {
  test('its functions are found, and what they call by name', () => {
    expect(importedFunctions(module)).toBe(1);
    expect(exportedFunctions(module)).toEqual([1]);
    expect(bodies(module).map((body) => body.length)).toEqual([RUN.length, 4, 4]);
    expect([...withCallees(module, [])]).toEqual([1, 2]);
    expect([...withCallees(module, [3])]).toEqual([3, 1, 2]);
  });
  test('without a function it does what it did, and a call of that function traps', async () => {
    const whole = await exportsOf(module);
    expect([whole.run(), (whole.table.get(0) as () => number)()]).toEqual([7, 9]);
    const slim = await exportsOf(withoutFunctions(module, (index) => index !== 3));
    expect(slim.run()).toBe(7);
    expect(slim.table.get(0)).toThrow(WebAssembly.RuntimeError);
  });
  test('with all functions it is the same, byte for byte', () => {
    expect(
      Buffer.compare(
        withoutFunctions(module, () => true),
        module,
      ),
    ).toBe(0);
  });
});

describe('the runtime', () => {
  const whole = wholeRuntime();
  const kept = keptFunctions(whole);
  let reached = new Set<number>();

  beforeAll(() => {
    reached = withCallees(whole, calledFunctions());
  }, 180_000);

  test('every function that the networks call, or that these can call, is in what ships', () => {
    expect(reached.size).toBeGreaterThan(1000);
    expect([...reached].filter((index) => !kept(index))).toEqual([]);
  });
  test('more than half of the code is not', () => {
    const first = importedFunctions(whole);
    const sizes = bodies(whole).map((body, i) => (kept(first + i) ? body.length : 0));
    const size = (all: number[]): number => all.reduce((sum, length) => sum + length, 0);
    expect(size(sizes)).toBeLessThan(size(bodies(whole).map((body) => body.length)) / 2);
  });
  test('a list that was made for another version is refused', () => {
    expect(() => keptFunctions(whole.subarray(1))).toThrow('run `node scripts/runtime.mjs`');
  });
  test.each(['chrome', 'firefox'])('the package for %s holds it', (browser) => {
    const shipped = readFileSync(`dist/${browser}/wasm/ort-wasm-simd-threaded.wasm`);
    expect(Buffer.compare(shipped, withoutFunctions(whole, kept))).toBe(0);
  });
});
