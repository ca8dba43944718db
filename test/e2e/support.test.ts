/** The tests' own web and drivers do what tests take for granted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS, launchAssay, type Assay } from './support/launch';
import { startTestServer, type TestServer } from './support/server';

describe.each(BROWSERS)('in %s', (name) => {
  let assay: Assay;
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ https: true });
    assay = await launchAssay(name, { log: true });
  });
  afterAll(async () => {
    await assay.close();
    await server.close();
  });

  it('opens pages over http and https, and looks into them', async () => {
    server.page('/hello.html', '<!doctype html><title>Hello</title><p>hello</p>');
    for (const secure of [false, true]) {
      const tab = await assay.open(server.url('/hello.html', 'cdn.test', secure));
      expect(await tab.evaluate('[document.title, location.hostname]')).toEqual(['Hello', 'cdn.test']);
      expect(await tab.evaluate((a: number, b: string) => Promise.resolve({ a, b }), 1, 'x')).toEqual({ a: 1, b: 'x' });
      await expect(tab.evaluate('(() => { throw new Error("boom") })()')).rejects.toThrow('boom');
      await tab.close();
    }
    expect(server.seen().some(({ host, path }) => host === 'cdn.test' && path === '/hello.html')).toBe(true);
  });

  it('clicks, types, sets the colour scheme and takes pictures', async () => {
    server.page(
      '/click.html',
      `<!doctype html><div id="host"></div><script>
        const root = document.querySelector('#host').attachShadow({ mode: 'closed' });
        const button = document.createElement('button');
        button.style = 'position:fixed;left:20px;top:20px;width:100px;height:40px';
        button.onclick = (event) => { document.title = 'clicked ' + event.isTrusted; };
        root.append(button);
        document.onkeydown = (event) => { document.title += ' ' + event.key; };
      </script>`,
    );
    const tab = await assay.open(server.url('/click.html'));
    await tab.setViewport(600, 400, { dark: true });
    expect(await tab.evaluate('[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]')).toEqual([600, true]);
    const at = await tab.inShadow(
      '#host',
      (root: ShadowRoot) => root.querySelector('button')?.getBoundingClientRect().x,
    );
    expect(at).toBe(20);
    await tab.click(60, 40);
    await tab.press('Escape');
    expect(await tab.evaluate('document.title')).toBe('clicked true Escape');
    const png = await tab.screenshot();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([600, 400]);
    await tab.setViewport(600, 400, { dark: false });
    await tab.close();
  });

  it('logs what the browser asks for, and nothing goes outside', async () => {
    await assay.labelUrl(server.media('ai-signed.mp4'));
    const urls = (await assay.browser.requests()).map(({ url }) => new URL(url));
    expect(urls.some(({ pathname }) => pathname === '/media/ai-signed.mp4')).toBe(true);
    expect(urls.filter(({ hostname }) => !hostname.endsWith('.test') && hostname !== '127.0.0.1')).toEqual([]);
  });

  it('gets a label after the background was stopped', async () => {
    await assay.browser.stopBackground();
    expect(await assay.labelUrl(server.media('ai-signed.mp4'))).toMatchObject({
      credentials: { state: 'unrecognised' },
    });
  });

  it('gets a label or a reason when the workers are ended under a job, and the next job works', async () => {
    await assay.browser.watchWorkers();
    const slow = assay.labelUrl(server.fault('endless', 'unsigned.mp4'));
    let killed = 0;
    const end = performance.now() + 15_000;
    while (killed === 0 && performance.now() < end) killed = await assay.browser.killWorkers();
    expect(killed).toBeGreaterThan(0);
    expect(await slow).toHaveProperty('schema');
    expect(await assay.labelUrl(server.media('unsigned.mp4'))).toMatchObject({ credentials: { state: 'none' } });
  });
});
