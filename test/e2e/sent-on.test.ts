/**
 * Browsers keep pages of the open web from addresses inside of the user's network, also where a server sends them on
 * to one. An extension they let through: what Assay asks for must be no more than what its page may.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { BROWSERS, launchAssay } from './support/launch';
import { page, video } from './support/pages';
import { badges } from './support/surfaces';

const CLIP = readFileSync('test/fixtures/media/ai-signed.mp4');
const SIGNED = 'Unverified signer says: AI-generated';

/** What the engine asked inside. */
const asked: string[] = [];
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) server.close();
});

/** @returns its port */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

// Firefox has no way to say where a request may lead (README, "Privacy").
test.runIf(BROWSERS.includes('chromium'))('a public server leads nobody inside', async () => {
  const inside = await serve(({ url, headers }, response) => {
    if (headers.referer === undefined) asked.push(url ?? '');
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(CLIP);
  });
  /** Gives the page's player the clip; whoever else comes is sent inside, or to where the clip is. */
  const outside: RequestListener = ({ url = '', headers: { referer } }, response) => {
    const [, kind, to] = url.split('/');
    if (kind === 'page') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page(video(`/clip/${to ?? ''}`)));
    } else if (kind === 'here' || referer !== undefined) {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end(CLIP);
    } else {
      const location = to === 'here' ? '/here' : `http://127.0.0.1:${String(inside)}/${to ?? ''}`;
      response.writeHead(302, { location }).end();
    }
  };
  const open = await serve(outside);
  const local = await serve(outside);
  const assay = await launchAssay('chromium', {
    args: [`--ip-address-space-overrides=127.0.0.1:${String(open)}=public`],
  });
  try {
    await assay.setSettings({ estimate: true, marks: false });
    const words = async (port: number, to: string): Promise<string[]> => {
      const tab = await assay.open(`http://site.test:${String(port)}/page/${to}`);
      await tab.activate();
      await assay.labelsOf(tab);
      const found = await badges(tab);
      await tab.close();
      return found;
    };
    expect(await words(open, 'here')).toEqual([SIGNED]);
    expect(await words(local, 'from-inside')).toEqual([SIGNED]);
    expect(asked).toContain('/from-inside');
    expect(await words(open, 'from-outside')).toEqual(['Not checked: the network failed']);
    expect(asked).not.toContain('/from-outside');
  } finally {
    await assay.close();
  }
});
