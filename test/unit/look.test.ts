/** The pixels worker's calls, without a network: what becomes of frames on their way to it. */
import { expect, test, vi } from 'vitest';
import type { Frame, FramePacket } from '../../src/contract/frames';
import { goldenFrames } from '../../src/engine/estimate/golden';
import { NetworkFailure } from '../../src/engine/network/failure';
import type { PixelState } from '../../src/engine/worker/protocol';
import type { CallContext } from '../../src/engine/worker/serve';

const loadEstimator = vi.hoisted(() => vi.fn<() => Promise<object | null>>());
vi.mock('../../src/engine/estimate/load', () => ({ loadEstimator }));
loadEstimator.mockResolvedValue({ facts: {}, score: () => Promise.reject(new Error('not reached')) });
const broken = vi.hoisted(() => ({ by: new Error(), after: [] as Frame[] }));
const open = vi.hoisted(() => vi.fn<() => Promise<void>>(() => Promise.resolve()));
vi.mock('../../src/engine/estimate/decode', () => ({
  openVideo: () =>
    open().then(() => ({
      facts: { width: 640, height: 360, duration_s: 5 },
      looks: function* () {
        for (const frame of broken.after) yield { frame, picture: null };
        throw broken.by;
      },
      close: () => undefined,
    })),
}));
const { pixelCalls } = await import('../../src/engine/look');

const context = {
  busy: () => undefined,
  ready: () => undefined,
  signal: new AbortController().signal,
} as unknown as CallContext<'frames'>;
const SIDE = 240;

/** Bytes that are there only after so many turns of the event loop. */
function packet(time_s: number, turns: number): FramePacket {
  const arrayBuffer = async (): Promise<ArrayBuffer> => {
    for (let i = 0; i < turns; i++) await new Promise((done) => setImmediate(done));
    return new ArrayBuffer(SIDE * SIDE * 4);
  };
  return { time_s, side: SIDE, rgba: { arrayBuffer } as Blob };
}

/** What is asked of the engine's own decoder. */
const TO_DECODE = {
  media: { kind: 'url' },
  shown: null,
  otherwise: 'pixels-unreadable',
  estimate: true,
  pictures: false,
};

type Frames = (input: unknown, context: unknown) => Promise<PixelState>;

test.each([
  ['as fast as each other', () => 1],
  ['the later, the faster', (i: number) => 20 - 2 * i],
  ['every second one late', (i: number) => (i % 2 === 0 ? 9 : 1)],
])('frames of one video count in the order in which they came: bytes %s', async (_, turns) => {
  const calls = pixelCalls();
  const send = (packets: FramePacket[]): Promise<PixelState> =>
    (calls.frames as Frames)({ job: 'a', width: 640, height: 360, packets, windows: undefined }, context);
  const states = await Promise.all(Array.from({ length: 7 }, (__, i) => send([packet(i / 4, turns(i))])));
  expect(states.map(({ estimate }) => estimate.frames[0])).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('frames of another video don’t wait for them', async () => {
  const calls = pixelCalls();
  const send = (job: string, turns: number): Promise<PixelState> =>
    (calls.frames as Frames)({ job, width: 640, height: 360, packets: [packet(0, turns)], windows: 1 }, context);
  const order: string[] = [];
  await Promise.all([send('slow', 30).then(() => order.push('slow')), send('fast', 1).then(() => order.push('fast'))]);
  expect(order).toEqual(['fast', 'slow']);
});

test.each([
  ['a video that breaks off', new Error('no more frames')],
  ['a decoder that gives up', new DOMException('', 'EncodingError')],
])('%s has no estimate, for the reason that it was decoded for', async (_, error) => {
  broken.by = error;
  const input = TO_DECODE;
  const { estimate } = await (pixelCalls().decode as Frames)(input, {
    ...context,
    signal: new AbortController().signal,
  });
  expect(estimate).toMatchObject({ state: 'cannot-tell', reason: 'pixels-unreadable' });
});

test('what was looked at before a video broke off stays', async () => {
  const facts = { id: 'm', sha256: '', thresholds: { strong: 0.9, some: 0.8 }, disagree_logit: 9 };
  loadEstimator.mockResolvedValueOnce({ facts, score: () => ({ raw: 0, score: 0.5, cues: [], map: [] }) });
  Object.assign(broken, { by: new Error('no more frames') });
  broken.after = goldenFrames(1, SIDE).map((frame, i) => ({ ...frame, time_s: i / 4 }));
  const event = vi.fn<() => void>();
  const { estimate } = await (pixelCalls().decode as Frames)(TO_DECODE, {
    ...context,
    event,
    signal: new AbortController().signal,
  });
  broken.after = [];
  expect(estimate).toMatchObject({ state: 'answered', windows: [{ from_s: 0, to_s: 2 }] });
});

test('another file than the player’s gives no estimate, and says nothing of the video', async () => {
  broken.by = new Error('not reached');
  const shown = { width: 360, height: 640, duration_s: 5 };
  const input = { ...TO_DECODE, shown, pictures: true };
  const state = await (pixelCalls().decode as Frames)(input, { ...context, signal: new AbortController().signal });
  expect(state.estimate).toMatchObject({ state: 'cannot-tell', reason: 'pixels-unreadable' });
  expect([state.video, state.pictures]).toEqual([null, []]);
});

test('a network that fails is no fault of the video', async () => {
  broken.by = new NetworkFailure('unreachable');
  const input = TO_DECODE;
  const decode = pixelCalls().decode as Frames;
  await expect(decode(input, { ...context, signal: new AbortController().signal })).rejects.toBe(broken.by);
});

test('a network that can’t be loaded is a reason, and the worker isn’t used for the next video', async () => {
  loadEstimator.mockResolvedValueOnce(null);
  const worn = vi.fn<() => void>();
  const input = { job: 'a', width: 640, height: 360, packets: [packet(0, 1)], windows: 1 };
  const { estimate } = await (pixelCalls().frames as Frames)(input, { ...context, worn });
  expect(estimate).toMatchObject({ state: 'cannot-tell', reason: 'engine-unavailable' });
  expect(worn).toHaveBeenCalledOnce();
});

test('many files are decoded two at a time, so that each has its time', async () => {
  broken.by = new Error('no more frames');
  const opened: (() => void)[] = [];
  open.mockImplementation(() => new Promise((done) => opened.push(done)));
  const decode = pixelCalls().decode as Frames;
  const input = TO_DECODE;
  const all = Array.from({ length: 5 }, () => decode(input, { ...context, signal: new AbortController().signal }));
  for (const count of [2, 3, 4, 5]) {
    await vi.waitFor(() => {
      expect(opened).toHaveLength(count);
    });
    opened[count - 2]?.();
  }
  opened.at(-1)?.();
  await expect(Promise.all(all)).resolves.toHaveLength(5);
  open.mockResolvedValue();
});

test('frames of a job that ended while the network was loaded are not looked at, and nothing of it is kept', async () => {
  let loaded: (network: object) => void = () => undefined;
  loadEstimator.mockImplementationOnce(() => new Promise((done) => (loaded = done)));
  const calls = pixelCalls();
  const stop = new AbortController();
  const read = vi.fn<() => Promise<ArrayBuffer>>();
  const packets = [{ time_s: 0, side: SIDE, rgba: { arrayBuffer: read } }];
  const input = { job: 'a', width: 640, height: 360, packets, windows: 1 };
  const looked = (calls.frames as Frames)(input, { ...context, signal: stop.signal });
  stop.abort();
  await calls.forget?.({ job: 'a' }, context as unknown as CallContext<'forget'>);
  loaded({ facts: {} });
  await looked;
  expect(read).not.toHaveBeenCalled();
});
