import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OwnAnchors } from '../../src/contract/anchors';
import { cannotTell, emptyCredentials } from '../../src/contract/lanes';
import type { FromEngine, MediaRef, ToEngine } from '../../src/contract/messages';
import { startJob } from '../../src/engine/assess';
import type { CallName, Calls } from '../../src/engine/worker/protocol';
import { CallAborted, WorkerLost } from '../../src/engine/worker/slot';
import type { WorkerSlot } from '../../src/engine/worker/slot';

type Open = Extract<ToEngine, { type: 'open' }>;
type News = Extract<FromEngine, { type: 'label' }>;

const subject: Open['subject'] = {
  kind: 'page-video',
  input: null,
  page: 'https://site.test/',
  frame: null,
  media: 'https://cdn.test/clip.mp4',
  index: 0,
  width: 640,
  height: 360,
  duration_s: 4,
};
const url: MediaRef = { kind: 'url', url: 'https://cdn.test/clip.mp4', credentials: 'omit' };
const open = (parts: Partial<Open> = {}): Open => ({
  type: 'open',
  job: 'a',
  subject,
  media: url,
  frames: 'engine',
  limitBytes: 1_000,
  known: null,
  ...parts,
});
const signed = { ...emptyCredentials('trusted'), says: 'ai-generated' as const, issuer: 'OpenAI' };
const few = { ...cannotTell('too-short'), state: 'answered' as const, reason: null, band: 'few' as const, score: 0.1 };

type Answers = {
  [N in CallName]?: (input: Calls[N]['in'], emit: (event: unknown) => void) => Promise<Calls[N]['out']>;
};

function slot(answers: Answers): WorkerSlot & { calls: CallName[] } {
  const calls: CallName[] = [];
  return {
    calls,
    call: (async (name: CallName, input: never, options: { signal: AbortSignal; onEvent?: (e: never) => void }) => {
      calls.push(name);
      const answer = answers[name] as ((input: never, emit: unknown) => Promise<unknown>) | undefined;
      if (answer === undefined) throw new Error('not expected');
      const aborted = new Promise((_, reject) => {
        options.signal.addEventListener('abort', () => {
          reject(new CallAborted('aborted'));
        });
      });
      return await Promise.race([answer(input, options.onEvent ?? (() => undefined)), aborted]);
    }) as WorkerSlot['call'],
    isRunning: () => true,
    close: () => undefined,
  };
}

const OWN: OwnAnchors = { name: 'now', texts: ['PEM'] };

function run(message: Open, bytes: Answers, pixels: Answers, anchors = () => Promise.resolve(OWN)) {
  const news: News[] = [];
  const slots = { bytes: slot(bytes), pixels: slot(pixels) };
  let wake: () => void = () => undefined;
  const job = startJob(message, '0/a', { ...slots, anchors, browser: 'chromium 156', extension: '0.1.0' }, (m) => {
    if (m.type === 'label') news.push(m);
    wake();
  });
  const settled = async (): Promise<News> => {
    for (;;) {
      const last = news.at(-1);
      if (last?.settled === true) return last;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { job, news, settled, ...slots };
}

const reads = { read: () => Promise.resolve({ credentials: signed, disclosures: [], manifest: null }) };
const decodes = { decode: () => Promise.resolve({ estimate: few, wantsFrames: false, video: null }) };

describe('a job', () => {
  test('settles when both lanes have answered', async () => {
    const { settled } = run(open(), reads, decodes);
    expect((await settled()).label).toMatchObject({
      verdict: 'ai-generated',
      headline: { provenance: 'Signed: AI-generated (OpenAI)', likelihood: 'No clear signs' },
    });
  });

  test('tells the first statement and the progress before the end', async () => {
    const claims = { ...emptyCredentials('unverified'), claims: 'ai-generated' as const };
    const { settled, news } = run(
      open(),
      {
        read: (_, emit) => {
          emit({ type: 'facts', facts: { credentials: claims, disclosures: [], manifest: null } });
          emit({ type: 'progress', read: 10, total: 100 });
          return Promise.resolve({ credentials: signed, disclosures: [], manifest: null });
        },
      },
      decodes,
    );
    await settled();
    expect(news.some((n) => n.label.headline.provenance.startsWith('Claims: AI-generated') && !n.settled)).toBe(true);
    expect(news.some((n) => n.progress?.read === 10)).toBe(true);
    expect(news.at(-1)?.progress).toBeNull();
  });

  test('a stream has no bytes to read and settles at once', async () => {
    const { settled, bytes } = run(open({ media: { kind: 'stream' }, frames: 'page' }), {}, {});
    expect((await settled()).label.credentials.state).toBe('streamed');
    expect(bytes.calls).toEqual([]);
  });

  test('media that could not be loaded gives its reason', async () => {
    const { settled } = run(open({ media: { kind: 'unreachable', reason: 'media-error' }, frames: 'page' }), {}, {});
    expect((await settled()).label.credentials).toMatchObject({ state: 'unreachable', reason: 'media-error' });
  });

  test('a lost worker is a reason, not silence', async () => {
    const lost = (): Promise<never> => Promise.reject(new WorkerLost('died twice'));
    const { settled } = run(open(), { read: lost }, { decode: lost });
    const { label } = await settled();
    expect(label.credentials).toMatchObject({ state: 'unverified', reason: 'engine-unavailable' });
    expect(label.estimate).toMatchObject({ state: 'cannot-tell', reason: 'engine-unavailable' });
  });

  test('frames of the page are looked at, and unreadable ones decoded by the engine', async () => {
    const { job, settled, pixels } = run(open({ frames: 'page' }), reads, {
      ...decodes,
      frames: () => Promise.resolve({ estimate: cannotTell('still-looking', [3, 8]), wantsFrames: true, video: null }),
    });
    job.frames([]);
    expect((await settled()).label.headline.likelihood).toMatch(/^Looking/);
    job.noFrames('pixels-unreadable');
    await new Promise((resolve) => setTimeout(resolve));
    expect((await settled()).label.estimate.band).toBe('few');
    expect(pixels.calls).toEqual(['frames', 'decode']);
  });

  test('frames that are still on their way do not undo the end of a video', async () => {
    let answer: (state: Calls['frames']['out']) => void = () => undefined;
    const { job, settled } = run(
      open({ media: { kind: 'stream' }, frames: 'page' }),
      {},
      {
        frames: () => new Promise((resolve) => (answer = resolve)),
      },
    );
    job.frames([]);
    job.noFrames('too-short');
    answer({ estimate: cannotTell('still-looking', [6, 8]), wantsFrames: true, video: null });
    expect((await settled()).label.estimate).toMatchObject({ reason: 'too-short', frames: [6, 8] });
  });

  test('a page that has sent all its frames ends the look, whether or not they were enough', async () => {
    const cut = { estimate: cannotTell('still-looking', [3, 8]), wantsFrames: true, video: null };
    const all = { frames: () => Promise.resolve(cut) };
    const onStream = run(open({ media: { kind: 'stream' }, frames: 'page' }), {}, all);
    onStream.job.frames([]);
    onStream.job.noFrames('too-short');
    expect((await onStream.settled()).label.estimate.reason).toBe('too-short');

    const answered = run(open({ frames: 'page' }), reads, {
      ...decodes,
      frames: () => Promise.resolve({ estimate: cannotTell('static'), wantsFrames: false, video: null }),
    });
    answered.job.frames([]);
    answered.job.noFrames('too-short');
    expect((await answered.settled()).label.estimate.reason).toBe('static');
    expect(answered.pixels.calls).toEqual(['frames']);
  });

  test.each([
    [4, 'pixels-unreadable'],
    [1.5, 'too-short'],
    [null, 'too-short'],
  ])('a video of %s s that was over before a busy page had one frame of it: %s', async (duration_s, reason) => {
    const stream = { media: { kind: 'stream' }, frames: 'page', subject: { ...subject, duration_s } } as const;
    const { job, settled } = run(open(stream), {}, {});
    job.noFrames('too-short');
    expect((await settled()).label.estimate).toMatchObject({ state: 'cannot-tell', reason });
  });

  test.each([
    [4, 'pixels-unreadable'],
    [null, 'too-short'],
  ])('of a video of %s s a busy page had some frames, and our decoder none: %s', async (duration_s, reason) => {
    const { job, settled, pixels } = run(open({ frames: 'page', subject: { ...subject, duration_s } }), reads, {
      frames: () => Promise.resolve({ estimate: cannotTell('still-looking', [3, 8]), wantsFrames: true, video: null }),
      decode: (input) => Promise.resolve({ estimate: cannotTell(input.otherwise), wantsFrames: false, video: null }),
    });
    job.frames([]);
    job.noFrames('too-short');
    await vi.waitFor(() => {
      expect(pixels.calls).toContain('decode');
    });
    expect((await settled()).label.estimate.reason).toBe(reason);
  });

  test.each<[string, Partial<Open>]>([
    ['a stream whose video is over', { media: { kind: 'stream' }, frames: 'page', pictures: 'page' }],
    ['a file that was decoded', { frames: 'page', pictures: 'page' }],
    ['a tiny one', { frames: 'page', pictures: 'page', subject: { ...subject, width: 40, height: 20 } }],
    ['one without an estimate', { frames: 'off', pictures: 'page' }],
  ])('what a page says again and again makes no label: %s', async (_what, parts) => {
    const state = { estimate: few, wantsFrames: false, video: null, pictures: [] };
    const { job, news, settled } = run(open(parts), reads, { decode: () => Promise.resolve(state) });
    const say = (): void => {
      job.noFrames('too-short');
      job.noPictures();
    };
    say();
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const told = news.length;
    for (let i = 0; i < 1_000; i++) say();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(news).toHaveLength(told);
  });

  test('nor does it while frames are looked at', async () => {
    const never = new Promise<never>(() => undefined);
    const { job, news } = run(open({ frames: 'page' }), reads, { frames: () => never });
    job.frames([]);
    job.noFrames('too-short');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const told = news.length;
    for (let i = 0; i < 1_000; i++) job.noFrames('too-short');
    expect(news).toHaveLength(told);
    job.cancel();
  });

  test('a cancelled job says nothing more', async () => {
    const { job, news } = run(open(), reads, decodes);
    job.cancel();
    const before = news.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(news).toHaveLength(before);
  });

  test('what an earlier engine found is not read again', async () => {
    const known = { credentials: signed, disclosures: [], anchors: 'now' };
    const { settled, bytes } = run(open({ known, frames: 'page' }), {}, {});
    expect((await settled()).label.verdict).toBe('ai-generated');
    expect(bytes.calls).toEqual([]);
  });

  test('what was found under other anchors is read again, and is not settled before', async () => {
    const known = { credentials: { ...signed, state: 'trusted-user' as const }, disclosures: [], anchors: 'before' };
    const stranger = { ...signed, state: 'unrecognised' as const };
    const read = () => Promise.resolve({ credentials: stranger, disclosures: [], manifest: null });
    const { settled, news } = run(open({ known, frames: 'page' }), { read }, {});
    expect((await settled()).label.credentials.state).toBe('unrecognised');
    expect(news.filter((n) => n.label.credentials.state === 'trusted-user').some((n) => n.settled)).toBe(false);
    expect(news.at(-1)?.anchors).toBe('now');
  });

  test('the anchors in force go with the file', async () => {
    let given: string[] = [];
    const read: Answers['read'] = ({ anchors }) => {
      given = anchors;
      return reads.read();
    };
    await run(open(), { read }, decodes).settled();
    expect(given).toEqual(OWN.texts);
  });

  test('without knowing the anchors no signer is judged', async () => {
    const { settled, bytes } = run(open(), reads, decodes, () => Promise.reject(new Error('nobody there')));
    expect((await settled()).label.credentials).toMatchObject({ state: 'unverified', reason: 'engine-unavailable' });
    expect(bytes.calls).toEqual([]);
  });

  test('what the site says goes with what the file says, early or late, and can be taken back', async () => {
    const page = 'https://www.youtube.com/watch?v=dQmadeByAI1';
    const notice = { site: 'youtube', says: 'ai-used', value: 'Made with AI', where: 'description' } as const;
    const inFile = { kind: 'aigc-label', says: 'ai-generated', value: '', where: 'moov', by: 'file' } as const;
    const read = () =>
      Promise.resolve({ credentials: emptyCredentials('none'), disclosures: [inFile], manifest: null });
    const { job, news, settled } = run(open({ subject: { ...subject, page }, notice, frames: 'off' }), { read }, {});
    const kinds = (): string[] => news.at(-1)?.label.disclosures.map(({ kind }) => kind) ?? [];
    expect(kinds()).toEqual(['page-label']);
    await settled();
    expect(kinds()).toEqual(['aigc-label', 'page-label']);
    job.notice(null);
    expect(kinds()).toEqual(['aigc-label']);
    job.notice(notice);
    expect(kinds()).toEqual(['aigc-label', 'page-label']);
    expect(news.at(-1)?.settled).toBe(true);
  });

  test('what a page said to an earlier engine is not known from the label, but told anew', async () => {
    const said = { kind: 'page-label', says: 'ai-used', value: '', where: 'youtube/description', by: 'page' } as const;
    const known = { credentials: emptyCredentials('none'), disclosures: [said], anchors: 'now' };
    const { settled } = run(open({ known, frames: 'off' }), {}, {});
    expect((await settled()).label.disclosures).toEqual([]);
  });

  test('a switched-off estimate never looks', async () => {
    const { settled, pixels } = run(open({ frames: 'off' }), reads, {});
    expect((await settled()).label.headline.likelihood).toBe('');
    expect(pixels.calls).toEqual([]);
  });

  describe('marks in the picture', () => {
    const frame = { time_s: 0, width: 1, height: 1, rgba: new Blob(['1234']) };
    const mark = {
      kind: 'visible-mark',
      says: 'ai-generated',
      value: 'Veo mark',
      where: '0 s',
      by: 'picture',
    } as const;
    const marks: Answers = { marks: () => Promise.resolve({ disclosures: [mark], crops: [new Blob(['png'])] }) };
    const off = { estimate: cannotTell('switched-off'), wantsFrames: false, video: null, pictures: [frame] };
    const unsigned = { credentials: emptyCredentials('none'), disclosures: [], manifest: null };
    const plain = { read: () => Promise.resolve(unsigned) };

    test('of a file: its frames come with the estimate, and the label waits for them', async () => {
      const decode = () => Promise.resolve({ ...off, estimate: few });
      const { settled, news } = run(open({ pictures: 'engine' }), plain, { ...marks, decode });
      const { label, crops } = await settled();
      expect(label).toMatchObject({ verdict: 'declared-ai', disclosures: [mark], estimate: few });
      expect(crops).toHaveLength(1);
      expect(news.filter((n) => n.settled)).toHaveLength(1);
    });

    test('of a file without the estimate: only frames are decoded', async () => {
      let asked: unknown;
      const decode: Answers['decode'] = (input) => {
        asked = input;
        return Promise.resolve(off);
      };
      const { settled } = run(open({ frames: 'off', pictures: 'engine' }), plain, { ...marks, decode });
      expect((await settled()).label).toMatchObject({ disclosures: [mark], estimate: { reason: 'switched-off' } });
      expect(asked).toMatchObject({ estimate: false, pictures: true });
    });

    test('of a page: asked for until there is one', async () => {
      const { job, settled, news } = run(open({ frames: 'off', pictures: 'page' }), plain, marks);
      expect((await settled()).wantsPictures).toBe(true);
      job.pictures([frame, { ...frame, time_s: 1 }]);
      await vi.waitUntil(() => news.at(-1)?.label.disclosures.length === 1);
      expect(await settled()).toMatchObject({ wantsPictures: false, label: { verdict: 'declared-ai' } });
    });

    test('of a page that can’t be read: decoded by the engine, once', async () => {
      const decode = () => Promise.resolve(off);
      const { job, news, pixels } = run(open({ frames: 'off', pictures: 'page' }), plain, { ...marks, decode });
      job.noPictures();
      job.noPictures();
      await vi.waitUntil(() => news.at(-1)?.label.disclosures.length === 1);
      expect(pixels.calls).toEqual(['decode', 'marks']);
    });

    test('of a page whose video was over before they were taken: decoded by the engine, beside the page’s own estimate', async () => {
      const asked: unknown[] = [];
      const decode: Answers['decode'] = (input) => {
        asked.push(input);
        return Promise.resolve(off);
      };
      const frames = () => Promise.resolve({ estimate: few, wantsFrames: false, video: null });
      const { job, news, pixels } = run(open({ frames: 'page', pictures: 'page' }), plain, {
        ...marks,
        decode,
        frames,
      });
      job.frames([]);
      job.pictures([frame]);
      job.noFrames('too-short');
      await vi.waitUntil(() => news.at(-1)?.label.disclosures.length === 1);
      expect(pixels.calls).toEqual(['frames', 'decode', 'marks']);
      expect(asked).toMatchObject([{ estimate: false, pictures: true }]);
      expect(news.at(-1)).toMatchObject({ settled: true, label: { estimate: few } });
    });

    test('of a page whose video was over after a first pair: that was enough, nothing is decoded', async () => {
      const frames = () => Promise.resolve({ estimate: few, wantsFrames: false, video: null });
      const nothing = { marks: () => Promise.resolve({ disclosures: [], crops: [] }) };
      const { job, news, pixels } = run(open({ frames: 'page', pictures: 'page' }), plain, { ...nothing, frames });
      job.frames([]);
      job.pictures([frame, { ...frame, time_s: 1 }]);
      await vi.waitUntil(() => pixels.calls.includes('marks') && news.at(-1)?.settled === true);
      job.noFrames('too-short');
      expect(pixels.calls).toEqual(['frames', 'marks']);
    });

    describe('of a page that plays', () => {
      beforeEach(() => {
        vi.useFakeTimers();
      });
      afterEach(() => {
        vi.useRealTimers();
      });
      const frames = () => Promise.resolve({ estimate: few, wantsFrames: false, video: null });
      const nothing = { marks: () => Promise.resolve({ disclosures: [], crops: [] }) };

      test('the label waits for a first pair', async () => {
        const { job, news } = run(open({ frames: 'page', pictures: 'page' }), plain, { ...nothing, frames });
        job.frames([]);
        await vi.waitUntil(() => news.at(-1)?.label.estimate.state === 'answered');
        expect(news.filter(({ settled }) => settled)).toEqual([]);
        job.pictures([frame, { ...frame, time_s: 1 }]);
        await vi.waitUntil(() => news.at(-1)?.settled === true);
        await vi.advanceTimersByTimeAsync(60_000);
        expect(news.filter(({ settled }) => settled)).toHaveLength(1);
      });
      test('and not for ever', async () => {
        const { job, news } = run(open({ frames: 'page', pictures: 'page' }), plain, { ...nothing, frames });
        job.frames([]);
        await vi.waitUntil(() => news.at(-1)?.label.estimate.state === 'answered');
        expect(news.at(-1)?.settled).toBe(false);
        await vi.advanceTimersByTimeAsync(8_000);
        expect(news.at(-1)?.settled).toBe(true);
      });
    });

    test('what the file says later takes nothing away', async () => {
      let answer: (facts: typeof unsigned) => void = () => undefined;
      const read = () => new Promise<typeof unsigned>((resolve) => (answer = resolve));
      const decode = () => Promise.resolve(off);
      const { settled, news } = run(open({ frames: 'off', pictures: 'engine' }), { read }, { ...marks, decode });
      await vi.waitUntil(() => news.at(-1)?.label.disclosures.length === 1);
      answer(unsigned);
      expect((await settled()).label.disclosures).toEqual([mark]);
    });

    test('of a tiny video: not asked for, and not read', async () => {
      const tiny = { ...subject, width: 200, height: 100 };
      const page = run(open({ frames: 'off', pictures: 'page', subject: tiny }), plain, marks);
      expect((await page.settled()).wantsPictures).toBe(false);
      page.job.noFrames('too-short'); // it is over
      expect(page.pixels.calls).toEqual([]);
      const decode = () => Promise.resolve({ ...off, video: { width: 200, height: 100, duration_s: 2 } });
      const file = run(open({ frames: 'off', pictures: 'engine' }), plain, { ...marks, decode });
      expect((await file.settled()).label.disclosures).toEqual([]);
      expect(file.pixels.calls).toEqual(['decode']);
    });

    test('while they are decoded, the page may say that its video is over: the estimate is decoded then', async () => {
      const asked: unknown[] = [];
      const decode: Answers['decode'] = (input) => {
        asked.push(input);
        return input.estimate ? Promise.resolve({ estimate: few, wantsFrames: false, video: null }) : never;
      };
      const never = new Promise<never>(() => undefined);
      const { job, news } = run(open({ frames: 'page', pictures: 'page' }), plain, { decode });
      job.noFrames('not-playing');
      job.noPictures();
      job.noFrames('too-short');
      await vi.waitUntil(() => news.at(-1)?.label.estimate.state === 'answered');
      expect(asked).toMatchObject([
        { estimate: false, pictures: true },
        { estimate: true, pictures: false },
      ]);
      job.cancel();
    });

    test('not wanted, not read', async () => {
      const { job, settled, pixels } = run(open({ frames: 'off' }), plain, marks);
      job.pictures([frame, frame]);
      job.noPictures();
      expect((await settled()).label.disclosures).toEqual([]);
      expect(pixels.calls).toEqual([]);
    });
  });

  describe('pieces of a stream', () => {
    const piece = { init: new Blob(['init']), bytes: new Blob(['media']), offset_s: 0, missed: false, sources: [] };
    const stream = { media: { kind: 'stream' }, frames: 'off' } as const;
    const facts = { credentials: signed, span: [0, 2] as [number, number], bound: true, missed: false, bytes: 5 };

    test('are read one after the other, and are work', async () => {
      let answer: (out: Calls['piece']['out']) => void = () => undefined;
      const { job, news, settled, bytes } = run(
        open(stream),
        { piece: () => new Promise((resolve) => (answer = resolve)) },
        {},
      );
      expect((await settled()).label.credentials.state).toBe('streamed');
      job.piece(piece);
      job.piece(piece);
      for (const state of ['trusted', 'trusted']) {
        const before = news.length;
        await vi.waitFor(() => {
          expect(bytes.calls).toHaveLength(before - 1);
        });
        answer(facts);
        await vi.waitFor(() => {
          expect(news).toHaveLength(before + 1);
        });
        expect(news.at(-1)?.label.credentials.state).toBe(state);
      }
      expect(news.map((n) => n.settled)).toEqual([true, false, false, true]);
    });

    describe('that wait', () => {
      beforeEach(() => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      });
      afterEach(() => {
        vi.useRealTimers();
      });
      const known = (state: 'trusted' | 'unrecognised' | 'changed') => ({
        credentials: { ...signed, state },
        disclosures: [],
        anchors: 'now',
      });
      const waiting = (state: 'trusted' | 'unrecognised' | 'changed') => {
        let answer: (out: Calls['piece']['out']) => void = () => undefined;
        const piece = (): Promise<Calls['piece']['out']> => new Promise((resolve) => (answer = resolve));
        const running = run(open({ ...stream, known: known(state) }), { piece }, {});
        return {
          ...running,
          answer: (out: Calls['piece']['out']) => {
            answer(out);
          },
        };
      };
      const last = (news: News[]): unknown => {
        const { state, reason, says, claims } = news.at(-1)?.label.credentials ?? {};
        return { state, reason, says, claims, settled: news.at(-1)?.settled };
      };
      const UNPROVED = { state: 'unverified', reason: 'stream', says: 'nothing', claims: 'ai-generated' };

      test('are told as work at once: an idle engine ends itself, and they don’t come again', () => {
        const { job, news } = waiting('trusted');
        job.piece(piece);
        expect(last(news)).toMatchObject({ state: 'trusted', settled: false });
      });

      test.each(['trusted', 'unrecognised'] as const)(
        'have no %s before them stand for them for long',
        async (state) => {
          const { job, news, bytes, answer } = waiting(state);
          job.piece(piece);
          job.piece({ ...piece, init: null, bytes: null, missed: true });
          await vi.waitFor(() => {
            expect(bytes.calls).toHaveLength(1);
          });
          await vi.advanceTimersByTimeAsync(4_000);
          expect(last(news)).toMatchObject({ state, settled: false });
          await vi.advanceTimersByTimeAsync(1_500);
          expect(last(news)).toEqual({ ...UNPROVED, settled: false });
          answer({ ...facts, credentials: { ...signed, state } });
          await vi.waitFor(() => {
            expect(bytes.calls).toHaveLength(2);
          });
          // The other one waits for as long.
          expect(last(news)).toEqual({ ...UNPROVED, settled: false });
        },
      );

      test('count again as soon as they are proved', async () => {
        const { job, news, bytes, answer } = waiting('trusted');
        job.piece(piece);
        await vi.advanceTimersByTimeAsync(60_000);
        expect(bytes.calls).toHaveLength(1);
        expect(last(news)).toEqual({ ...UNPROVED, settled: false });
        answer(facts);
        await vi.advanceTimersByTimeAsync(0);
        expect(last(news)).toMatchObject({ state: 'trusted', says: 'ai-generated', settled: true });
      });

      test('make nothing better that is bad', async () => {
        const { job, news } = waiting('changed');
        job.piece(piece);
        await vi.advanceTimersByTimeAsync(60_000);
        expect(last(news)).toMatchObject({ state: 'changed' });
      });

      test('and of a video that has gone tell nothing', async () => {
        const { job, news } = waiting('trusted');
        job.piece(piece);
        job.cancel();
        const { length } = news;
        await vi.advanceTimersByTimeAsync(60_000);
        expect(news).toHaveLength(length);
      });
    });

    test('go on from what an earlier engine found', async () => {
      const known = { credentials: emptyCredentials('changed'), disclosures: [], anchors: 'now' };
      const { job, news } = run(open({ ...stream, known }), { piece: () => Promise.resolve(facts) }, {});
      job.piece(piece);
      await vi.waitFor(() => {
        expect(news.at(-1)?.label.credentials).toMatchObject({
          state: 'changed',
          coverage: { bytes_read: 5, seconds_checked: [[0, 2]] },
        });
      });
    });

    test('what was proved under other anchors is proved no more', async () => {
      const known = { credentials: emptyCredentials('trusted-user'), disclosures: [], anchors: 'before' };
      const { news } = run(open({ ...stream, known }), {}, {});
      await vi.waitFor(() => {
        expect(news.at(-1)?.label.credentials).toMatchObject({ state: 'unverified', reason: 'stream' });
      });
    });

    test('a lost worker is a reason, and no proof', async () => {
      const { job, news } = run(open(stream), { piece: () => Promise.reject(new WorkerLost('died twice')) }, {});
      job.piece(piece);
      await vi.waitFor(() => {
        expect(news).toHaveLength(3);
      });
      expect(news.at(-1)?.label.credentials).toMatchObject({ state: 'unverified', reason: 'engine-unavailable' });
    });

    test('too many that wait are missed, not kept', async () => {
      const given: Calls['piece']['in'][] = [];
      const { job } = run(
        open(stream),
        {
          piece: (input) => {
            given.push(input);
            return Promise.resolve(facts);
          },
        },
        {},
      );
      const large = { ...piece, bytes: new Blob([new Uint8Array(40e6)]) };
      job.piece(large);
      job.piece(large);
      await vi.waitFor(() => {
        expect(given).toHaveLength(2);
      });
      expect(given.map(({ bytes, missed }) => [bytes?.size, missed])).toEqual([
        [40e6, false],
        [undefined, true],
      ]);
    });

    test('are for streams only', async () => {
      const { job, bytes, settled } = run(open({ frames: 'off' }), reads, {});
      job.piece(piece);
      await settled();
      expect(bytes.calls).toEqual(['read']);
    });
  });
});
