/** Pages about one label: the report, and the text about a wrong label. They show what the label holds, and ask for nothing. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Tab } from '../../src/cli/drive/driver';
import type { Label } from '../../src/contract/label';
import type { LabelPage } from '../../src/contract/messages';
import { belowOf, giveFiles } from './support/files-page';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import { page, video } from './support/pages';
import type { TestServer } from './support/server';
import { clickIn, HOST, openPanel } from './support/surfaces';
import { onStage } from './support/stage';

const sha256Of = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(`test/fixtures/media/${file}`))
    .digest('hex');

const API = '(globalThis.browser ?? globalThis.chrome)';

describe.each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, (stage) => void ({ assay, web } = stage), { log: true });

  /** What a test that broke off has left would be taken for the next one's. */
  afterEach(async () => {
    for (const file of ['report', 'wrong-label'] satisfies LabelPage[]) {
      const left = await assay.browser.findTabs(assay.browser.extensionUrl(`${file}.html`));
      await Promise.all(left.map((tab) => tab.close()));
    }
  });

  const opened = async (file: LabelPage): Promise<Tab> => {
    const find = (): Promise<Tab | undefined> =>
      assay.browser.findTabs(assay.browser.extensionUrl(`${file}.html`)).then(([tab]) => tab);
    const tab = await vi.waitUntil(find, { timeout: 20_000, interval: 100 });
    if (tab === undefined) throw new Error(`no ${file}`);
    await tab.waitFor('document.querySelector("h1") !== null');
    return tab;
  };

  const openFor = async (file: LabelPage, label: unknown): Promise<Tab> => {
    await assay.control.evaluate(
      `(input) => ${API}.runtime.sendMessage({ to: 'background', name: 'label.page', input })`,
      { page: file, label },
    );
    return await opened(file);
  };

  const shoot = async (tab: Tab, look: string): Promise<void> => {
    mkdirSync('.cache/screenshots', { recursive: true });
    writeFileSync(`.cache/screenshots/${look}-${name}.png`, await tab.screenshot());
  };

  test('the panel opens a report: the label’s facts, all parts open, a JSON file of the printed hash', async () => {
    const path = web.page('/report', page(video('/media/history.mp4')));
    const tab = await assay.open(web.url(path));
    await tab.setViewport(900, 900);
    const [label] = (await assay.labelsOf(tab)) as [Label];
    await openPanel(tab);
    const before = (await assay.browser.requests()).length;
    await clickIn(tab, '#report');
    const report = await opened('report');
    await report.setViewport(900, 900);
    const words = await report.evaluate<string>('document.querySelector("main").textContent');
    expect(words).toContain('Unverified signer');
    expect(words).toContain(web.url(path));
    expect(words).toContain(label.subject.media);
    expect(words).toContain('Holiday.mp4');
    expect(words).toContain(sha256Of('history.mp4'));
    expect(words).toContain(`Assay ${label.engine.extension}, ${label.engine.browser}`);
    expect(await report.evaluate('[...document.querySelectorAll("details")].every((d) => d.open)')).toBe(true);
    expect(await report.evaluate('document.querySelectorAll("main button").length')).toBe(1); // print
    const file = await report.evaluate<{ name: string; text: string; sha256: string }>(`(async () => {
      const link = document.querySelector('a[download]');
      const bytes = await (await fetch(link.href)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return {
        name: link.download,
        text: new TextDecoder().decode(bytes),
        sha256: [...digest].map((b) => b.toString(16).padStart(2, '0')).join(''),
      };
    })()`);
    expect(file.name).toMatch(/^assay-history\.mp4-\d{4}-\d\d-\d\d\.json$/);
    expect((JSON.parse(file.text) as Label).subject).toMatchObject({ page: web.url(path) });
    expect(Object.keys(JSON.parse(file.text) as Label)).toEqual(Object.keys(label));
    expect(words).toContain(file.sha256);
    const ours = assay.browser.extensionUrl('');
    const asked = (await assay.browser.requests()).slice(before).filter(({ url }) => !url.startsWith(ours));
    expect(asked.filter(({ url }) => !url.startsWith('blob:'))).toEqual([]);
    await shoot(report, 'report');
    await report.setViewport(340, 700, { dark: true });
    expect(await report.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
    await shoot(report, 'report-narrow');
    await report.goto(await report.url(), 'load'); // a reload keeps it
    await report.waitFor('document.querySelector("h1") !== null');
    await tab.close();
    await report.close();
  });

  test('a report has the hash of the file, or says in words why it has none', async () => {
    const path = web.page('/unsigned', page(video('/media/unsigned.mp4')));
    const tab = await assay.open(web.url(path));
    const [label] = (await assay.labelsOf(tab)) as [Label];
    const { bytes_read, bytes_total } = label.credentials.coverage;
    expect(bytes_read).toBeLessThan(bytes_total ?? 0);
    const said = async (of: Label): Promise<string> => {
      const report = await openFor('report', of);
      const words = await report.evaluate<string>(
        `[...document.querySelectorAll('dt')].find((term) => term.textContent === 'Video file, SHA-256').nextSibling.textContent`,
      );
      await report.close();
      return words;
    };
    expect(await said(label)).toMatch(/^None: only [\d.,]+ of [\d.,]+ MB were read\. Save .*“Label files”/);
    // The same file, chosen on the page for files.
    await giveFiles(assay.control, 'choice', { name: 'unsigned.mp4', from: web.media('unsigned.mp4') });
    await assay.control.waitFor(
      `${belowOf(0)}.querySelector('pre')?.textContent.includes('${sha256Of('unsigned.mp4')}')`,
    );
    await assay.control.evaluate(`${belowOf(0)}.querySelector('#report').click()`);
    const report = await opened('report');
    expect(await report.evaluate('document.querySelector("main").textContent')).toContain(sha256Of('unsigned.mp4'));
    await report.close();
    await tab.close();
  });

  test('strings of files are text, whatever they hold; what is no label is not shown', async () => {
    const label = (await assay.labelUrl(web.url('/media/ai-signed.mp4'))) as Label;
    const evil = '<img src=x onerror="document.title=1"><b id=evil>x</b>\u202e';
    const hostile: Label = {
      ...label,
      subject: { ...label.subject, media: evil, page: `javascript:${evil}` },
      credentials: { ...label.credentials, issuer: evil, tool: evil, codes: [evil], detail: evil },
      disclosures: [{ kind: 'iptc-ai', says: 'ai-generated', value: evil, where: evil, by: 'file' }],
    };
    const report = await openFor('report', hostile);
    expect(await report.evaluate('document.querySelectorAll("#evil, main img").length')).toBe(0);
    expect(await report.evaluate('document.querySelector("main").textContent.split("<img src=x").length')).toBe(9);
    await report.close();
    const other = await openFor('report', { schema: 'assay-label/1', subject: evil });
    expect(await other.evaluate('document.querySelector("main").textContent')).toContain('no longer here');
    await other.close();
  });

  test('a name of one wide sign leaves room for what it is the name of', async () => {
    const marks = `Google${'Z\u0336\u0489\u0302\u20dd'.repeat(7)}${'Z' + '\u0336\u0489\u0302\u20dd'.repeat(70)}`;
    const LINES = `(root) => {
      const linesOf = (term) => {
        const range = document.createRange();
        range.selectNodeContents(term);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
      };
      const terms = [...root.querySelectorAll('dt')].filter((term) => term.checkVisibility());
      return [terms.length > 3, Math.max(...terms.map(linesOf))];
    }`;
    const tab = await assay.open(web.url(web.page('/marks', page(video('/media/ai-signed.mp4')))));
    await tab.setViewport(900, 900);
    const [label] = (await assay.labelsOf(tab)) as [Label];
    await openPanel(tab);
    const put = `(root, text) => {
      root.querySelector('.panel #signed').open = true;
      root.querySelector('.panel dd').textContent = text;
    }`;
    await tab.inShadow(HOST, put, marks);
    expect(await tab.inShadow(HOST, LINES)).toEqual([true, 1]);
    await tab.close();
    const report = await openFor('report', { ...label, credentials: { ...label.credentials, issuer: marks } });
    expect(await report.evaluate(`(${LINES})(document)`)).toEqual([true, 1]);
    await report.close();
  });

  test('a wrong label: a text to copy, without addresses until they are wanted; nothing is sent', async () => {
    const path = web.page('/wrong', page(video('/media/ai-signed.mp4')));
    const tab = await assay.open(web.url(path));
    await assay.labelsOf(tab);
    await openPanel(tab);
    await clickIn(tab, '#wrong-label');
    const wrong = await opened('wrong-label');
    await wrong.setViewport(900, 900);
    const before = (await assay.browser.requests()).length;
    const text = (): Promise<string> => wrong.evaluate('document.querySelector("textarea[readonly]").value');
    expect(await text()).toContain('Unverified signer says: AI-generated');
    expect(await text()).not.toContain('site.test');
    await wrong.evaluate(`(() => {
      const own = document.querySelector('textarea');
      own.value = 'I filmed it';
      own.dispatchEvent(new Event('input'));
    })()`);
    expect(await text()).toContain('I filmed it');
    await wrong.evaluate('document.querySelector("input[type=checkbox]").click()');
    expect(await text()).toContain(web.url(path));
    const { x, y } = await wrong.evaluate<{ x: number; y: number }>(`(() => {
      const button = document.querySelector('button.main');
      button.scrollIntoView({ block: 'center' });
      const box = button.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    })()`);
    await wrong.click(x, y);
    await wrong.waitFor('document.querySelector("[role=status]").textContent === "Copied"');
    expect((await assay.browser.requests()).slice(before)).toEqual([]);
    await shoot(wrong, 'wrong-label');
    await wrong.setViewport(340, 800, { dark: true });
    expect(await wrong.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
    await shoot(wrong, 'wrong-label-narrow');
    await tab.close();
    await wrong.close();
  });
});
