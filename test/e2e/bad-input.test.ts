/** Whatever a server or a file does wrong ends in a stated reason: never silence, never "no credentials". */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import type { Fault } from './support/faults';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import { isEngines } from './support/server';
import type { Seen, TestServer } from './support/server';
import { onStage } from './support/stage';

type Expected = Partial<Label['credentials']>;

const ENGINE: [Fault, Expected][] = [
  ['forbidden', { state: 'unreachable', reason: 'http-error', detail: '403' }],
  ['referer', { state: 'unreachable', reason: 'http-error', detail: '403' }],
  ['cookie', { state: 'unreachable', reason: 'http-error', detail: '403' }],
  ['html', { state: 'unreachable', reason: 'not-media' }],
  ['zero', { state: 'unreachable', reason: 'zero-bytes' }],
  ['text', { state: 'unsupported', reason: 'not-media' }],
  ['truncated', { state: 'unverified', reason: 'partial', claims: 'nothing' }],
  ['no-range', { state: 'unrecognised', reason: 'untrusted' }],
  ['endless', { state: 'unreachable', reason: 'timed-out' }],
  ['silent', { state: 'unreachable', reason: 'timed-out' }],
  ['huge', { state: 'unverified', reason: 'too-large', claims: 'ai-generated' }],
];

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage));

  test.each(ENGINE)('B7: the engine meets %s', async (fault, expected) => {
    const label = (await assay.labelUrl(web.fault(fault, 'ai-signed.mp4'))) as Label;
    const { claims: _, ...rest } = expected;
    expect(label.credentials).toMatchObject(rest);
    expect(label.headline.provenance).not.toBe('No credentials');
  });

  test('an index that promises more than there is: no second look at the last picture', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-length-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const whole = readFileSync('test/fixtures/media/fragmented.mp4');
    /** Of version 0. */
    const lengthAt = whole.indexOf('mdhd') + 20;
    const scale = whole.readUInt32BE(lengthAt - 4);
    const looked = async (length: number): Promise<unknown> => {
      const bytes = Buffer.from(whole);
      bytes.writeUInt32BE(length, lengthAt);
      const file = join(folder, String(length));
      writeFileSync(file, bytes);
      const { estimate, subject } = (await assay.labelUrl(
        web.url(web.file(`/length/${String(length)}`, file)),
      )) as Label;
      return { windows: estimate.windows, score: estimate.score, duration_s: subject.duration_s };
    };
    const right = await looked(0);
    expect(right).toMatchObject({ windows: [expect.anything()], duration_s: 3 });
    expect(await looked(2 ** 32 - 1)).toEqual(right);
    expect(await looked(60 * scale)).toEqual({ ...(right as object), duration_s: 60 });
  });

  test('a page whose video can not be loaded', async () => {
    const path = web.page('/broken', page(video(web.fault('forbidden', 'ai-signed.mp4'))));
    const tab = await assay.open(web.url(path));
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.credentials).toMatchObject({ state: 'unreachable', reason: 'media-error' });
    expect(label?.estimate.state).toBe('cannot-tell');
    await tab.close();
  });

  test('events that a page makes up begin and end nothing', async () => {
    const names = 'emptied loadstart loadedmetadata loadeddata encrypted pause ended error';
    const made = `const v = document.querySelector('video'); n = 0; v.addEventListener('loadeddata', (first) => {
      if (first.isTrusted) setInterval(() => { for (const name of '${names}'.split(' ')) {
        for (let i = 0; i < 25; i++) v.dispatchEvent(new Event(name)); n++; } }, 20); });`;
    const script = `<script>${made}</script>`;
    web.forget();
    const tab = await assay.open(web.url(web.page('/made-up', page(video('/media/ai-signed.mp4') + script))));
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.credentials.state).toBe('unrecognised');
    await tab.waitFor('n > 400', { timeoutMs: 20_000 });
    const [later] = (await assay.labelsOf(tab)) as Label[];
    expect(later?.credentials.state).toBe('unrecognised');
    expect(later?.estimate.reason).not.toBe('protected');
    // Its head; its manifest and what is behind; all of it; and what our own decoder may ask for.
    expect(web.seen().filter((s) => s.path.startsWith('/media/') && isEngines(s)).length).toBeLessThan(10);
    await tab.close();
  });

  test('a video that breaks while it plays is read all the same', async () => {
    const path = web.page('/tampered', page(video('/media/tampered.mp4')));
    const tab = await assay.open(web.url(path));
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.headline.provenance).toBe('Changed after signing');
    await tab.close();
  });

  test('B7: a video that the page loads and the engine may not: wrong referrer', async () => {
    const path = web.page('/referer', page(video(web.fault('referer', 'ai-signed.mp4'))));
    const tab = await assay.open(web.url(path));
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.credentials).toMatchObject({ state: 'unreachable', reason: 'http-error', detail: '403' });
    expect(label?.headline.provenance).toBe('Not checked: the server refused the file');
    await tab.close();
  });

  test.each(['ai-signed.mp4', 'aigc.mp4'])('what another file than the player’s says is not told: %s', async (file) => {
    const path = web.page('/two-faced', page(video(web.fault('two-faced', file))));
    const tab = await assay.open(web.url(path));
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.credentials).toMatchObject({ state: 'unreachable', reason: 'other-file', claims: 'nothing' });
    expect(label?.headline.provenance).toBe('Not checked: the player got another file');
    expect([label?.credentials.says, label?.disclosures]).toEqual(['nothing', []]);
    await tab.close();
  });

  test('B7: cookies go where the page itself sends them, and nowhere else', async () => {
    const own = web.page('/own', page(video(web.fault('cookie', 'ai-signed.mp4'))), { 'set-cookie': 'key=1; path=/' });
    const tab = await assay.open(web.url(own));
    const [label] = (await assay.labelsOf(tab)) as Label[];
    expect(label?.credentials.state).toBe('unrecognised');
    web.forget();
    const other = web.page('/other', page(video(web.media('ai-signed.mp4'))));
    const elsewhere = await assay.open(web.url(other, 'other.test'));
    await assay.labelsOf(elsewhere);
    const ours = web.seen().filter((s) => s.path.startsWith('/media/') && isEngines(s));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((s) => s.headers.cookie !== undefined)).toEqual([]);
    await tab.close();
    await elsewhere.close();
  });

  test('no cookie goes where a server sends us on to', async () => {
    await assay.setSettings({ estimate: true });
    const withCookie = { 'set-cookie': 'key=1; path=/' };
    const tab = await assay.open(web.url(web.page('/theirs', page(''), withCookie), 'other.test'));
    // Not of the page's origin, without CORS: frames come from the engine's own decoder, which asks as well.
    const source = web.fault('sent-on', 'ai-signed.mp4', 'www.site.test');
    const own = { 'set-cookie': 'key=1; path=/; domain=site.test' };
    const mine = await assay.open(web.url(web.page('/sent-on', page(video(source)), own), 'site.test'));
    const [label] = (await assay.labelsOf(mine)) as Label[];
    expect(label?.credentials.state).toBe('unrecognised');
    const of = (path: string): Seen[] => web.seen().filter((s) => s.path.startsWith(path) && isEngines(s));
    expect(of('/fault/sent-on').some((s) => s.headers.cookie?.includes('key=1'))).toBe(true);
    const led = of('/media/').filter((s) => s.host.startsWith('other.test'));
    expect(led.length).toBeGreaterThan(1);
    expect(led.filter((s) => s.headers.cookie !== undefined)).toEqual([]);
    await assay.setSettings({ estimate: false });
    await mine.close();
    await tab.close();
  });

  test('a video that goes away takes its requests with it', async () => {
    web.forget();
    const path = web.page('/gone', page(video(web.fault('huge', 'ai-signed.mp4'))));
    await assay.setSettings({ limitMb: 1000 });
    const tab = await assay.open(web.url(path));
    await tab.waitFor('document.querySelector("video").readyState > 0', { timeoutMs: 20_000 });
    await tab.waitFor('document.querySelectorAll("div[popover]").length === 1', { timeoutMs: 20_000 });
    const wholes = (): Seen[] =>
      web.seen().filter((s) => s.path.includes('huge') && isEngines(s) && s.headers.range === undefined);
    await expect.poll(() => wholes().length, { timeout: 10_000 }).toBe(1);
    await tab.evaluate('document.querySelector("video").remove()');
    await expect.poll(() => wholes().map((s) => s.aborted), { timeout: 10_000 }).toEqual([true]);
    await assay.setSettings({ limitMb: 256 });
    await tab.close();
  });
});
