/** Addresses that lead nowhere: one code and one clear sentence for each kind, from the command line. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, lines } from './support/cli';
import { BROWSERS } from './support/launch';
import { page, video } from './support/pages';
import { startTestServer, type TestServer } from './support/server';

/** A loaded machine is slow to start and to end a browser. */
const START_MS = 40_000;
const SIGNED = 'test/fixtures/media/ai-signed.mp4';
const SIZE = String(readFileSync(SIGNED).length);

const AUTH = `Basic ${Buffer.from('user:s3cret').toString('base64')}`;

/** A page for who signs in, with a video for all, and a video for who signs in. */
function members({ headers, url }: IncomingMessage, response: ServerResponse): void {
  const isOpen = url === '/members/open.mp4' || headers.authorization === AUTH;
  if (!isOpen) response.writeHead(401, { 'www-authenticate': 'Basic realm="members"' }).end();
  else if (url === '/members/') response.writeHead(200, { 'content-type': 'text/html' }).end(page(video('open.mp4')));
  else response.writeHead(200, { 'content-type': 'video/mp4' }).end(readFileSync(SIGNED));
}

/** The beginning of a video, and then nothing. */
function stuck(response: ServerResponse): void {
  const bytes = readFileSync(SIGNED);
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes.length });
  response.write(bytes.subarray(0, 200));
}

/** A name that both this process and the browser know. */
const local = (address: string): string => address.replace('site.test', '127.0.0.1');

describe.each(BROWSERS)('%s', (browser) => {
  let web: TestServer;
  let odd: Server;
  let oddBase: string;
  let closedPort: number;

  beforeAll(async () => {
    web = await startTestServer({ https: true });
    web.page('/text', '<p>No video here.</p>');
    odd = createServer((request, response) => {
      const { socket, url } = request;
      if (url === '/circle') response.writeHead(302, { location: '/circle' }).end();
      else if (url === '/cut') socket.destroy();
      else if (url?.startsWith('/members/') === true) members(request, response);
      else if (url === '/text') response.writeHead(200, { 'content-type': 'text/plain' }).end(readFileSync(SIGNED));
      else if (url?.startsWith('/stuck.mp4') === true) stuck(response);
      else if (url === '/nothing') response.writeHead(204).end();
      else if (url === '/empty-500') response.writeHead(500).end();
      else response.writeHead(200, { 'content-type': 'application/zip', 'content-disposition': 'attachment' }).end('x');
    });
    await new Promise<void>((done) => odd.listen(0, '127.0.0.1', done));
    oddBase = `http://127.0.0.1:${String((odd.address() as AddressInfo).port)}`;
    const gone = createServer();
    await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
    closedPort = (gone.address() as AddressInfo).port;
    await new Promise((done) => gone.close(done));
  });
  afterAll(async () => {
    odd.closeAllConnections();
    odd.close();
    await web.close();
  });

  it('a video that its server calls a text is one all the same', async () => {
    const page = local(web.url(web.page('/texts', video(`${oddBase}/text`))));
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, `${oddBase}/text`, page);
    expect(lines(ran)).toMatchObject([
      { subject: { kind: 'file' }, credentials: { state: 'unrecognised' } },
      { subject: { kind: 'page-video' }, credentials: { state: 'unrecognised' } },
    ]);
  });

  it('says of each what is wrong', async () => {
    const closed = `http://127.0.0.1:${String(closedPort)}`;
    const secure = web.url('', '127.0.0.1' as never, true);
    const expected: [address: string, code: string, words: string][] = [
      [local(web.url('/missing')), 'http-error', 'was answered with 404 (Not Found).'],
      [local(web.url('/missing.mp4')), 'http-error', 'was answered with 404 (Not Found).'],
      [local(web.fault('forbidden', 'a.mp4')), 'http-error', 'was answered with 403 (Forbidden).'],
      [
        `${oddBase}/members/`,
        'http-error',
        'was answered with 401 (Unauthorized). A user name and a password can be given in its address.',
      ],
      [`${oddBase}/members/own.mp4`, 'http-error', 'was answered with 401 (Unauthorized).'],
      [`${oddBase}/empty-500`, 'http-error', 'was answered with 500 (Internal Server Error).'],
      [local(web.url('/text')), 'no-video', 'shows no video.'],
      ['http://host.invalid/', 'host-not-found', 'could not be reached: its host is not known.'],
      ['http://host.invalid/a.mp4', 'host-not-found', 'could not be reached: its host is not known.'],
      [`${closed}/`, 'connection-refused', 'could not be reached: its host refuses the connection.'],
      [`${closed}/a.mp4`, 'connection-refused', 'could not be reached: its host refuses the connection.'],
      [`${secure}/page`, 'tls-error', 'could not be reached: its certificate or its encryption is not in order.'],
      [`${secure}/a.mp4`, 'tls-error', 'could not be reached: its certificate or its encryption is not in order.'],
      [`${oddBase}/circle`, 'redirected', 'could not be reached: it is redirected in circles.'],
      [`${oddBase}/cut`, 'connection-lost', 'could not be reached: its server ended the connection without an answer.'],
      [`${oddBase}/nothing`, 'no-page', 'leads neither to a page nor to a video.'],
      [`${oddBase}/file.zip`, 'no-page', 'leads neither to a page nor to a video.'],
      ['http://127.0.0.1:9/', 'blocked-port', 'could not be reached: browsers keep this port shut.'],
    ];
    const addresses = expected.map(([address]) => address);
    const ran = await cli('--json', '--headless', '--jobs', '8', '--no-estimate', '--browser', browser, ...addresses);
    const found = lines(ran).map((r) => (r.schema === 'assay-error/1' ? [r.input, r.error.code, r.error.message] : r));
    expect(found).toEqual(expected.map(([address, code, words]) => [address, code, `${address} ${words}`]));
    expect(ran.code).toBe(2);
    const said = found.map((one) => `assay: ${String((one as string[])[2])}\n`).join('');
    expect(ran.err).toBe(`${said}assay: 0 labels, ${String(expected.length)} errors.\n`);
  });

  it('labels the videos of a page to its end, also those that come into it late', async () => {
    const far = (what: string): string => `<div style="height:4000px"></div>${what}`;
    const late = `<div id="late" style="height:260px"></div><script>new IntersectionObserver(([seen], eye) => {
      if (!seen.isIntersecting) return; eye.disconnect(); late.innerHTML = '${video('/media/camera-signed.mp4')}';
    }).observe(late)</script>`;
    const inner = web.page('/far-inner', page(far(video('/media/aigc.mp4'))));
    const frame = `<iframe src="${inner}" loading="lazy"></iframe>`;
    web.page('/far', page(video('/media/ai-signed.mp4') + far(video('/media/tampered.mp4')) + far(frame) + late));
    const args = ['--json', '--headless', '--no-estimate', '--browser', browser, local(web.url('/far'))];
    const found = lines(await cli(...args)).map(
      (r) => r.schema === 'assay-label/1' && r.subject.media.split('/').at(-1),
    );
    expect(found.sort()).toEqual(['ai-signed.mp4', 'aigc.mp4', 'camera-signed.mp4', 'tampered.mp4']);
  });

  it('counts the videos of a page that do not load, and says how far one came', async () => {
    const late = video(`${oddBase}/stuck.mp4`);
    const [hidden, sourceless] = [`<div hidden>${late}</div>`, '<video width="480" height="270"></video>'];
    web.page('/stuck', page(late + hidden + sourceless));
    web.page('/stuck-beside', page(late + video('/media/ai-signed.mp4') + video(`${oddBase}/stuck.mp4?2`)));
    const pages = ['/stuck', '/stuck-beside'].map((path) => local(web.url(path)));
    const direct = `${oddBase}/stuck.mp4`;
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, ...pages, direct);
    expect(lines(ran)).toMatchObject([
      { error: { code: 'timed-out', message: `${String(pages[0])} has 1 video that did not load in time.` } },
      { credentials: { state: 'unrecognised' } },
      { error: { code: 'timed-out', message: `${String(pages[1])} has 2 videos that did not load in time.` } },
      { error: { code: 'timed-out', message: `${direct} was too slow: 200 of ${SIZE} bytes came in time.` } },
    ]);
    expect(ran.code).toBe(2);
  });

  it('signs in to a page by its address, and says the password to nobody', async () => {
    const base = oddBase.replace('//', '//user:s3cret@');
    const wrong = `${oddBase.replace('//', '//user:s3cretest@')}/members/`;
    const given = [`${base}/members/`, `${base}/members/own.mp4`, wrong];
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, ...given);
    const [label, error, stranger] = lines(ran);
    expect(label).toMatchObject({ subject: { input: given[0], media: `${oddBase}/members/open.mp4` } });
    expect(label?.schema === 'assay-label/1' && label.credentials.state).toBe('unrecognised');
    expect(error).toMatchObject({ input: given[1], error: { code: 'password-in-address' } });
    expect(stranger).toMatchObject({ input: wrong, error: { code: 'http-error' } });
    expect(ran.err).toMatch(/members\/ was answered with 401 \(Unauthorized\)\. The user name or the password/);
    expect(ran.err).not.toContain('s3cret');
    expect(ran.out.replaceAll(base, '').replaceAll(wrong, '')).not.toContain('s3cret');
    expect(ran.err).toMatch(/own\.mp4 can't be read: browsers fetch no video/);
  });

  it('waits no longer than it says for a server that hangs', async () => {
    const silent = ['page', 'a.mp4'].map((file) => local(web.fault('silent', file)));
    const started = performance.now();
    const ran = await cli('--json', '--headless', '--no-estimate', '--browser', browser, ...silent);
    const said = silent.map((address) => `assay: ${address} did not answer in time.\n`).join('');
    expect(ran.err).toBe(`${said}assay: 0 labels, 2 errors.\n`);
    expect(lines(ran)).toMatchObject(silent.map(() => ({ error: { code: 'timed-out' } })));
    expect(performance.now() - started).toBeLessThan(25_000 + START_MS);
  });
});
