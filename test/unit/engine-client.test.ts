/** A job's line to the engine when the engine ends under it. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Label } from '../../src/contract/label';
import type { FromEngine, MediaRef, StreamPiece, ToEngine } from '../../src/contract/messages';

interface Line {
  posted: ToEngine[];
  hear(message: FromEngine): void;
  break(): void;
}
const lines: Line[] = [];

vi.mock('../../src/platform/api', () => ({ isContextAlive: () => true }));
vi.mock('../../src/platform/messaging', () => ({
  send: () => Promise.resolve({ ready: true }),
  connect: () => {
    let listener: (message: FromEngine) => void = () => undefined;
    let closed: () => void = () => undefined;
    const posted: ToEngine[] = [];
    lines.push({
      posted,
      hear: (message) => {
        listener(message);
      },
      break: () => {
        closed();
      },
    });
    return {
      post: (message: ToEngine) => posted.push(message),
      onMessage: (take: typeof listener) => (listener = take),
      onClose: (take: typeof closed) => (closed = take),
      close: () => undefined,
    };
  },
}));
const { engineClient } = await import('../../src/platform/engine-client');

const label = { credentials: { state: 'changed' } } as unknown as Label;
const news = (settled: boolean): FromEngine => ({
  type: 'label',
  job: 'a',
  label,
  settled,
  progress: null,
  anchors: '',
  manifest: null,
  wantsFrames: false,
  wantsPictures: false,
  crops: [],
});
const piece = (offset_s: number): StreamPiece => ({ init: null, bytes: null, offset_s, missed: false, sources: [] });
const post = (client: ReturnType<typeof engineClient>, offset_s: number): void => {
  client.post({ type: 'piece', job: 'a', piece: piece(offset_s) });
};
const line = async (index: number): Promise<Line> =>
  await vi.waitFor(() => {
    const found = lines[index];
    if (found === undefined || found.posted.length === 0) throw new Error('no line yet');
    return found;
  });

function begin(media: MediaRef): ReturnType<typeof engineClient> {
  const client = engineClient();
  const open = { job: 'a', subject: {} as Label['subject'], media, frames: 'off' as const, limitBytes: 1 };
  client.open(open, { label: () => undefined, lost: () => undefined });
  return client;
}

test.each([
  [
    'is closed',
    (client: ReturnType<typeof engineClient>) => {
      client.close();
    },
  ],
  [
    'has no job any more',
    (client: ReturnType<typeof engineClient>) => {
      client.cancel('a');
    },
  ],
])('a client that %s before its line was there opens none, and another job does', async (_, end) => {
  const client = begin({ kind: 'stream' });
  end(client);
  await new Promise((done) => setImmediate(done));
  expect(lines).toHaveLength(0);
  client.open(
    { job: 'a', subject: {} as Label['subject'], media: { kind: 'stream' }, frames: 'off', limitBytes: 1 },
    { label: () => undefined, lost: () => undefined },
  );
  expect((await line(0)).posted).toMatchObject([{ type: 'open' }]);
});

beforeEach(() => {
  lines.length = 0;
});

describe('an engine that ends', () => {
  test('while nothing was to be done: the next pieces wake it, and none is lost', async () => {
    const client = begin({ kind: 'stream' });
    const first = await line(0);
    first.hear(news(true));
    first.break();
    for (const second of [1, 2, 3]) post(client, second);
    const { posted } = await line(1);
    await vi.waitFor(() => {
      expect(posted).toHaveLength(4);
    });
    expect(posted[0]).toMatchObject({ type: 'open', known: label });
    expect(posted.slice(1).map((m) => m.type === 'piece' && m.piece.offset_s)).toEqual([1, 2, 3]);
  });

  test('under a piece: what was found is kept, and that one was lost is told', async () => {
    begin({ kind: 'stream' });
    const first = await line(0);
    first.hear(news(false));
    first.break();
    const { posted } = await line(1);
    expect(posted).toMatchObject([
      { type: 'open', known: label },
      { type: 'piece', piece: { missed: true } },
    ]);
  });

  test('a fresh engine is told what the site says', async () => {
    const client = begin({ kind: 'stream' });
    const first = await line(0);
    const notice = { site: 'x', says: 'ai-used', value: 'Made with AI', where: 'post' } as const;
    client.post({ type: 'notice', job: 'a', notice });
    first.hear(news(false));
    first.break();
    expect((await line(1)).posted[0]).toMatchObject({ type: 'open', notice });
  });

  test('under a file: it is read again', async () => {
    begin({ kind: 'url', url: 'https://site.test/clip.mp4', credentials: 'omit' });
    const first = await line(0);
    first.hear(news(false));
    first.break();
    expect((await line(1)).posted).toMatchObject([{ type: 'open', known: null }]);
  });
});
