/** Pieces of streams on the page's side: kept until they are asked for, given once, with where they may come from. */
import { describe, expect, test } from 'vitest';
import { likeliest } from '../../src/page/resources';
import { streamsOf } from '../../src/page/streams';
import type { HookMissed, HookPiece } from '../../src/page/hook-piece';
import type { Piece } from '../../src/page/streams';

const piece = (url: string, size: number, missed = false): HookPiece => ({
  url,
  init: new Uint8Array(4),
  bytes: new Uint8Array(size),
  offset_s: 0,
  missed,
});

function line(missed = false) {
  const released: number[] = [];
  const port = { postMessage: (size: number) => released.push(size), onmessage: null } as unknown as MessagePort;
  const streams = streamsOf(port, missed);
  const hear = (data: HookPiece | HookMissed): void => {
    port.onmessage?.(new MessageEvent('message', { data }));
  };
  return { port, streams, hear, released };
}

describe('pieces of a stream', () => {
  test('those that came before are given first, and each makes room', () => {
    const { streams, hear, released } = line();
    const taken: number[] = [];
    hear(piece('blob:1', 10));
    hear(piece('blob:2', 99));
    streams.follow('blob:1', new AbortController().signal, ({ bytes }) => taken.push(bytes?.size ?? 0));
    hear(piece('blob:1', 20));
    expect(taken).toEqual([10, 20]);
    expect(released).toEqual([10, 20]);
  });

  test('a word that something was missed comes without a piece', () => {
    const { streams, hear } = line();
    const taken: Piece[] = [];
    streams.follow('blob:1', new AbortController().signal, (told) => taken.push(told));
    hear({ url: 'blob:1', missed: true });
    expect(taken).toEqual([{ url: 'blob:1', init: null, bytes: null, offset_s: 0, missed: true }]);
  });

  test('where the hook can’t be believed, all of them count as missed', () => {
    const { streams, hear } = line(true);
    const taken: boolean[] = [];
    hear(piece('blob:1', 10));
    streams.follow('blob:1', new AbortController().signal, ({ missed }) => taken.push(missed));
    expect(taken).toEqual([true, true]);
  });

  test('who follows later learns that pieces went to somebody else', () => {
    const { streams, hear } = line();
    const first = new AbortController();
    streams.follow('blob:1', first.signal, () => undefined);
    hear(piece('blob:1', 10));
    first.abort();
    const taken: boolean[] = [];
    streams.follow('blob:1', new AbortController().signal, ({ missed }) => taken.push(missed));
    hear(piece('blob:1', 20));
    expect(taken).toEqual([true, true]);
  });

  test('streams that nobody follows keep a bounded part', () => {
    const { streams, hear, released } = line();
    for (const url of ['blob:1', 'blob:2', 'blob:3']) hear(piece(url, 7e6));
    expect(released).toEqual([7e6]);
    const taken: [number | undefined, boolean][] = [];
    const take = ({ bytes, missed }: Piece): void => void taken.push([bytes?.size, missed]);
    for (const url of ['blob:1', 'blob:2']) streams.follow(url, new AbortController().signal, take);
    expect(taken).toEqual([
      [undefined, true],
      [7e6, false],
    ]);
  });

  test('switched off and on, it is the same line', () => {
    const { port, streams } = line();
    expect(streamsOf(port, false)).toBe(streams);
  });
});

describe('where a piece may come from', () => {
  const entry = (name: string, decodedBodySize: number) => ({ name, decodedBodySize, initiatorType: 'fetch' });

  test('just its size, then unknown sizes, then larger ones; the newest first, each once', () => {
    const entries = [
      entry('/large', 900),
      entry('/old', 100),
      entry('/hidden', 0),
      entry('/small', 99),
      entry('/new', 100),
      entry('/old', 100),
    ];
    expect(likeliest(entries, 100)).toEqual(['/old', '/new', '/hidden', '/large']);
  });

  test('few', () => {
    const many = Array.from({ length: 50 }, (_, i) => entry(`/${i}`, 0));
    expect(likeliest(many, 100)).toHaveLength(6);
  });
});
