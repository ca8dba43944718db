import { beforeEach, describe, expect, test, vi } from 'vitest';

let turns: typeof import('../../src/page/turns');

beforeEach(async () => {
  vi.resetModules();
  turns = await import('../../src/page/turns');
});

describe('turns', () => {
  test('only some are looked at together; a freed place goes on', () => {
    const videos = [{}, {}, {}, {}, {}];
    const have = videos.map((v) => turns.hasTurn(v, 0, 0));
    expect(have).toEqual([true, true, true, false, false]);
    turns.endTurn(videos[0] as object);
    expect(turns.hasTurn(videos[3] as object, 0, 10)).toBe(true);
    expect(turns.hasTurn(videos[4] as object, 0, 10)).toBe(false);
  });

  test('whoever has fewer windows goes first', () => {
    const [a, b, c, d] = [{}, {}, {}, {}];
    for (const v of [a, b, c]) turns.hasTurn(v, 0, 0);
    expect(turns.hasTurn(d, 0, 0)).toBe(false);
    turns.endTurn(a);
    expect(turns.hasTurn(a, 1, 5)).toBe(false);
    expect(turns.hasTurn(d, 0, 10)).toBe(true);
  });

  test('a silent holder loses its turn', () => {
    const videos = [{}, {}, {}];
    for (const v of videos) turns.hasTurn(v, 0, 0);
    expect(turns.hasTurn({}, 0, 1_000)).toBe(false);
    expect(turns.hasTurn({}, 0, 2_600)).toBe(true);
  });

  test('reads keep apart, the more the longer they take', () => {
    expect(turns.mayRead(0)).toBe(true);
    turns.didRead(0, 4);
    expect(turns.mayRead(10)).toBe(false);
    expect(turns.mayRead(16)).toBe(true);
    turns.didRead(100, 150);
    expect(turns.mayRead(240)).toBe(false);
    expect(turns.mayRead(251)).toBe(true);
  });
});
