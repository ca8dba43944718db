/** Passwords in addresses of the command line: used where they can be, and never said. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { findOut } from '../../src/cli/address';
import { failure, readInputs } from '../../src/cli/inputs';
import { labelInput } from '../../src/cli/label-input';
import { basicAuth, discreet } from '../../src/cli/secrets';
import { table } from '../../src/cli/table';
import { bareAddress } from '../../src/contract/bare-address';

const SECRET = 'http://user:s3cret@site.test/x.mp4';

test.each([
  [SECRET, 'http://site.test/x.mp4'],
  ['HTTPS://user@site.test/', 'HTTPS://site.test/'],
  ['http://:s3cret@site.test', 'http://site.test'],
  ['http://a@b:s3@cret@site.test/p', 'http://site.test/p'],
  ['http://u:s3 cret@site.test?q', 'http://site.test?q'],
  ['http:/\\u:s3cret@site.test/', 'http:/\\site.test/'],
  ['http:///u:s3cret@site.test/', 'http:///site.test/'],
  ['http://site.test/@me/a@b.mp4?x=c@d#e@f', 'http://site.test/@me/a@b.mp4?x=c@d#e@f'],
  ['a@b.mp4', 'a@b.mp4'],
  ['folder/http://u:p@h', 'folder/http://u:p@h'],
  ['', ''],
])('%s is said as %s', (address, expected) => {
  expect(bareAddress(address)).toBe(expected);
  expect(discreet(`${address} does not exist.`, address)).toBe(
    address.startsWith('folder') ? 'folder/http://h does not exist.' : `${expected} does not exist.`,
  );
});

test('as a browser writes it, too', () => {
  const said = discreet(`net::ERR at ${new URL('http://u:ä@site.test').href}`, 'http://u:ä@site.test');
  expect(said).toBe('net::ERR at http://site.test/');
});

test.each([
  ['http://site.test/', null],
  ['http://user@site.test/', 'user:'],
  [SECRET, 'user:s3cret'],
  ['http://us%20er:p%C3%A4%40@site.test/', 'us er:pä@'],
  ['http://user:100%@site.test/', 'user:100%'],
])('who signs in by %s: %s', (address, expected) => {
  const said = basicAuth(new URL(address));
  expect(said && Buffer.from(said.replace('Basic ', ''), 'base64').toString()).toBe(expected);
});

describe('what is printed', () => {
  test('an error names the input as it was given, and says nothing of the password', () => {
    const error = failure(SECRET, 'x', `${SECRET} did not answer.`);
    expect(error.input).toBe(SECRET);
    expect(error.error.message).toBe('http://site.test/x.mp4 did not answer.');
    expect(table([{ kind: 'address', input: SECRET }]).row(error)).toMatch(
      /^http:\/\/site\.test\/x\.mp4 +did not answer\.$/,
    );
  });

  test('a video is not asked for by a browser, which would refuse it: one clear error', async () => {
    let seen: string | undefined;
    const server = createServer((request, response) => {
      seen = request.headers.authorization;
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('x');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://user:s3cret@127.0.0.1:${String((server.address() as AddressInfo).port)}/x`;
    const [input] = readInputs([address]);
    if (input?.kind !== 'address') throw new Error('no address');
    expect(await findOut(input)).toMatchObject({ kind: 'media', unreached: '' });
    expect(seen).toBe(basicAuth(input.url));
    const [result] = await labelInput(input, null as never, null as never, null as never);
    expect(result).toMatchObject({ input: address, error: { code: 'password-in-address' } });
    expect(JSON.stringify({ ...result, input: '' })).not.toContain('s3cret');
    server.close();
  });
});
