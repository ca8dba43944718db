/** `npm run trust:refresh` against a server with good and bad answers: all is well, or nothing is written. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { read, readJson } from './files';

const SIGNERS = 'C2PA-TRUST-LIST.pem';
const STAMPS = 'C2PA-TSA-TRUST-LIST.pem';
const signers = read(`public/trust/${SIGNERS}`);
const stamps = read(`public/trust/${STAMPS}`);
const root = read('test/fixtures/test-root.pem');
const { lists: shipped } = readJson<{ lists: [Record<'file' | 'date' | 'commit', string> & { certificates: number }] }>(
  'public/trust/sources.json',
);
const [official] = shipped;
const COMMIT = 'a'.repeat(40);
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/;

type Answer = string | number | { cut: string };
const gitHash = (text: string): string =>
  createHash('sha1')
    .update(`blob ${String(Buffer.byteLength(text))}\0${text}`)
    .digest('hex');
const statement = (text: unknown): string => JSON.stringify({ sha: gitHash(typeof text === 'string' ? text : '') });
const commitsAt = (date: string, sha = COMMIT): string => JSON.stringify([{ sha, commit: { committer: { date } } }]);

let server: Server;
let base: string;
/** Answers by the end of the path; a number is a status, `cut` an answer that breaks off. */
let answers: Record<'commits' | typeof SIGNERS | typeof STAMPS, Answer>;
/** What the repository says of the lists; null: the hash of what is answered. */
let stated: Answer | null;
let asked: string[];
let folder: string;

const files = (): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

function refresh(api = base, raw = base): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    const args = ['scripts/trust.mjs', '--api', api, '--raw', raw, '--folder', folder];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const ran = { out: '', err: '' };
    child.stdout.on('data', (data: Buffer) => (ran.out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (ran.err += data.toString()));
    child.once('close', (code) => {
      done({ ...ran, code });
    });
  });
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.push(request.url ?? '');
    const name = url.pathname.split('/').at(-1) as keyof typeof answers;
    const answer = url.pathname.includes('/contents/') ? (stated ?? statement(answers[name])) : answers[name];
    if (typeof answer === 'object') {
      response.writeHead(200, { 'content-length': String(answer.cut.length * 2) });
      response.write(answer.cut, () => response.destroy());
      return;
    }
    response.statusCode = typeof answer === 'number' ? answer : 200;
    response.end(typeof answer === 'string' ? answer : 'no');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-trust-'));
  cpSync('public/trust', folder, { recursive: true });
  answers = { commits: commitsAt('2026-12-01T10:00:00Z'), [SIGNERS]: signers, [STAMPS]: stamps };
  stated = null;
  asked = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('all is well', () => {
  test('lists that are the same get the date of their last change', async () => {
    const before = files();
    const { code, out, err } = await refresh();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`${SIGNERS}: the same, ${String(official.certificates)} certificates, 2026-12-01\n`);
    const { 'sources.json': sources, ...lists } = files();
    const { 'sources.json': old, ...same } = before;
    expect(lists).toEqual(same);
    expect(sources).toBe(old?.replaceAll(official.date, '2026-12-01').replaceAll(official.commit, COMMIT));
  });

  test('says which certificates came and went, and renews number and hash', async () => {
    const changed = signers.replace(BLOCK, '') + root;
    answers[SIGNERS] = changed;
    const { code, out } = await refresh();
    expect(code).toBe(0);
    expect(out.match(/^ {2}\+ /gm)).toHaveLength(1);
    expect(out.match(/^ {2}- /gm)).toHaveLength(1);
    expect(out).toContain('  + O=Assay Fixture Signer, CN=Assay Fixture Root (until ');
    const after = files();
    expect(after[SIGNERS]).toBe(changed);
    const { lists } = JSON.parse(after['sources.json'] ?? '') as { lists: object[] };
    const sha256 = createHash('sha256').update(changed).digest('hex');
    expect(lists[0]).toMatchObject({ ...official, date: '2026-12-01', commit: COMMIT, sha256 });
  });

  test('a list is taken from the commit that changed it, and frozen lists are not asked for', async () => {
    await refresh();
    const path = 'c2pa-org/conformance-public';
    expect(asked.toSorted()).toEqual(
      [SIGNERS, STAMPS]
        .flatMap((file) => [
          `/repos/${path}/commits?path=trust-list%2F${file}&per_page=1`,
          `/repos/${path}/contents/trust-list/${file}?ref=${COMMIT}`,
          `/${path}/${COMMIT}/trust-list/${file}`,
        ])
        .toSorted(),
    );
  });
});

describe('nothing is written', () => {
  const broken = root.replace(/\n(.{8})/, '\nAAAAAAAA');
  const bad: [string, Partial<typeof answers>, string][] = [
    ['an empty list', { [SIGNERS]: '' }, 'holds no certificate'],
    ['a web page', { [SIGNERS]: '<!doctype html><h1>Sign in</h1>' }, 'holds no certificate'],
    ['a cut list', { [SIGNERS]: signers.slice(0, -100) }, 'holds half a certificate'],
    [
      'a broken certificate among good ones',
      { [SIGNERS]: signers + broken },
      "of C2PA-TRUST-LIST.pem as it came can't",
    ],
    ['one good list and one broken', { [SIGNERS]: signers + root, [STAMPS]: stamps + broken }, 'C2PA-TSA-TRUST-LIST'],
    ['a list that is gone', { [STAMPS]: 404 }, 'answered 404'],
    ['a server in trouble', { commits: 503 }, 'answered 503'],
    ['no commit', { commits: '[]' }, 'names no commit'],
    ['a web page for commits', { commits: '<!doctype html>' }, 'names no commit'],
    ['a commit of no day', { commits: commitsAt('soon') }, 'names no commit'],
    ['a commit that is no hash', { commits: commitsAt('2026-12-01', '../../x') }, 'names no commit'],
    ['an older list', { commits: commitsAt('2026-08-13T23:59:59Z') }, `is of 2026-08-13, older than the one of`],
    [
      'another list under the commit that is here already',
      { commits: commitsAt(`${official.date}T10:00:00Z`, official.commit), [SIGNERS]: signers + root },
      'not what this very commit had before',
    ],
    ['an answer that breaks off', { [SIGNERS]: { cut: signers } }, 'or not to its end'],
    ['a statement that breaks off', { commits: { cut: commitsAt('2026-12-01') } }, 'or not to its end'],
  ];
  test.each(bad)('%s', async (_, answer, sentence) => {
    Object.assign(answers, answer);
    const before = files();
    const { code, out, err } = await refresh();
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^assay: [^\n]+ Nothing was changed\.\n$/);
    expect(err).toContain(sentence);
    expect(files()).toEqual(before);
  });

  test.each<[string, Answer, string]>([
    ['of other bytes', JSON.stringify({ sha: gitHash(`${signers}\n`) }), 'another hash'],
    ['of the beginning only', JSON.stringify({ sha: gitHash(signers.slice(0, 1_000)) }), 'another hash'],
    ['that is none', '{"sha":"soon"}', 'states no hash'],
    ['that is missing', '[]', 'states no hash'],
    ['in a web page', '<!doctype html>', 'states no hash'],
    ['that can not be had', 404, 'answered 404'],
  ])('a hash %s', async (_, answer, sentence) => {
    stated = answer;
    const before = files();
    const { code, out, err } = await refresh();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^assay: [^\n]+ Nothing was changed\.\n$/);
    expect(err).toContain(sentence);
    expect(files()).toEqual(before);
  });

  test('a folder in which a file can not be written', async () => {
    mkdirSync(join(folder, 'sources.json.new/in-the-way'), { recursive: true });
    answers[SIGNERS] = signers + root;
    const { code, out, err } = await refresh();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^assay: [^\n]+ Nothing was changed\.\n$/);
    expect(read(join(folder, SIGNERS))).toBe(signers);
    expect(readdirSync(folder)).not.toContain(`${SIGNERS}.new`);
  });

  test('no server', async () => {
    const before = files();
    const { code, err } = await refresh('http://127.0.0.1:1');
    expect(code).toBe(2);
    expect(err).toMatch(/^assay: [^\n]+ can't be reached, or not to its end \(\w+\)\. Nothing was changed\.\n$/);
    expect(files()).toEqual(before);
  });
});
