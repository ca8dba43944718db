/** What pages about a label give away: names of files, and a text without addresses. */
import { describe, expect, test, vi } from 'vitest';
import { cannotTell, emptyCredentials } from '../../src/contract/lanes';
import type { Label } from '../../src/contract/label';

vi.mock('../../src/platform/texts', () => ({
  translate: ({ key, args }: { key: string; args: string[] }) => [key, ...args].join(' '),
  language: () => ({ lang: 'en', dir: 'ltr' }),
}));
const { jsonFile, plainName } = await import('../../src/ui/report/json-file');
const { wrongLabelText } = await import('../../src/ui/wrong-label/text');

const LABEL: Label = {
  schema: 'assay-label/1',
  subject: {
    kind: 'page-video',
    input: 'https://input.example/a',
    page: 'https://page.example/secret?user=7',
    frame: 'https://frame.example/b',
    media: 'https://media.example/clips/film%20one.mp4?token=8',
    index: 0,
    width: 640,
    height: 360,
    duration_s: 8,
  },
  verdict: 'unknown',
  conflict: false,
  headline: { provenance: 'No credentials', likelihood: "Can't tell" },
  credentials: emptyCredentials('none'),
  disclosures: [],
  estimate: cannotTell('black'),
  engine: { browser: 'chromium 156', extension: '0.1.0' },
  timing_ms: { credentials: 1, estimate: 1 },
};

describe('the text about a wrong label', () => {
  test('names versions and what was said; no address of page, frame or video', () => {
    const text = wrongLabelText(LABEL, ' it is my own film ', false);
    expect(text).toContain('wrong_text_title 0.1.0 chromium 156');
    expect(text).toContain("wrong_text_says No credentials · Can't tell");
    expect(text).toContain('wrong_text_own it is my own film\n');
    expect(text).toContain('"schema": "assay-label/1"');
    expect(text).not.toMatch(/https?:|example|secret|token/);
  });

  test('with them where the user wants it', () => {
    expect(wrongLabelText(LABEL, '', true)).toContain('https://page.example/secret?user=7');
  });
});

describe('the file of a report', () => {
  test.each([
    ['https://media.example/clips/film.mp4?token=8#t=1', 'film.mp4'],
    ['https://media.example/', 'video'],
    ['stream', 'stream'],
    ['../../.ssh/id', 'id'],
    ['..\\..\\.hidden', 'hidden'],
    ['a\u202egpj.exe', 'a-gpj.exe'],
    ['con<>:"|?*.mp4', 'con-.mp4'],
    ['夏の動画.mp4', '夏の動画.mp4'],
    ['', 'video'],
  ])('%j is named %s', (media, name) => {
    expect(plainName(media)).toBe(name);
  });

  test('holds the label, and its hash is that of its bytes', async () => {
    const { name, blob, sha256 } = await jsonFile(LABEL, '2026-11-25T12:00:00.000Z');
    expect(name).toBe('assay-film-20one.mp4-2026-11-25.json');
    const bytes = await blob.arrayBuffer();
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(LABEL);
    expect(sha256).toBe(Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex'));
  });
});
