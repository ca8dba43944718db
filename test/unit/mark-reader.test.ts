/** When marks are read: after the estimate, in pairs, once, and whatever goes wrong is silence. */
import { describe, expect, test } from 'vitest';
import type { PicturePacket } from '../../src/contract/frames';
import { markReader } from '../../src/engine/mark-reader';
import type { Calls, PictureMarks } from '../../src/engine/worker/protocol';
import type { WorkerSlot } from '../../src/engine/worker/slot';

const packet = (time_s: number): PicturePacket => ({ time_s, width: 1, height: 1, rgba: new Blob(['1234']) });
const [a, b, c, d] = [0.5, 1.25, 7, 7.75].map(packet) as [PicturePacket, PicturePacket, PicturePacket, PicturePacket];
const NONE: PictureMarks = { disclosures: [], crops: [] };
const MARK: PictureMarks = {
  disclosures: [{ kind: 'visible-mark', says: 'ai-generated', value: 'Sora mark', where: '0.5 s', by: 'picture' }],
  crops: [new Blob(['png'])],
};

function lane(answer: () => Promise<PictureMarks>) {
  const calls: [number[], number][] = [];
  const told: PictureMarks[] = [];
  const worker = {
    call: (_: string, { pictures, looked }: Calls['marks']['in']) => {
      calls.push([pictures.map((p) => p.time_s), looked]);
      return answer();
    },
  } as unknown as WorkerSlot;
  const made = markReader(worker, new AbortController().signal, (marks) => told.push(marks));
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return { ...made, calls, told, settled };
}

describe('the picture reader’s lane', () => {
  test('reads nothing before the estimate has ended', async () => {
    const { add, begin, calls, settled, isAtWork } = lane(() => Promise.resolve(NONE));
    add([a, b]);
    expect(calls).toEqual([]);
    begin();
    expect(isAtWork()).toBe(true);
    await settled();
    expect(calls).toEqual([[[0.5, 1.25], 0]]);
    expect(isAtWork()).toBe(false);
  });

  test('reads in pairs, and each pair once', async () => {
    const { add, begin, calls, settled, isOpen } = lane(() => Promise.resolve(NONE));
    begin();
    for (const one of [a, b, c, d]) {
      add([one]);
      await settled();
    }
    expect(calls.map(([, looked]) => looked)).toEqual([0, 1]);
    expect(isOpen()).toBe(false);
    begin();
    await settled();
    expect(calls).toHaveLength(2);
  });

  test('asks for no more once a mark is found', async () => {
    const { add, begin, told, calls, settled, isOpen } = lane(() => Promise.resolve(MARK));
    begin();
    add([a, b]);
    await settled();
    add([c, d]);
    await settled();
    expect(told).toEqual([MARK]);
    expect(calls).toHaveLength(1);
    expect(isOpen()).toBe(false);
  });

  test('reads a half pair when no more come', async () => {
    const { add, begin, end, calls, settled } = lane(() => Promise.resolve(NONE));
    add([a]);
    end();
    begin();
    await settled();
    expect(calls).toEqual([[[0.5], 0]]);
  });

  test('takes no more than four', () => {
    const { add, begin, calls } = lane(() => Promise.resolve(NONE));
    add([a, b, c, d, a]);
    begin();
    expect(calls[0]?.[0]).toHaveLength(4);
  });

  test('a reader that fails says nothing, and is not asked again', async () => {
    const { add, begin, told, settled, isOpen } = lane(() => Promise.reject(new Error('no network')));
    begin();
    add([a, b]);
    await settled();
    expect(told).toEqual([NONE]);
    expect(isOpen()).toBe(false);
  });
});
