/** Credentials of files behind addresses: servers that answer wrongly, and how many bytes a label costs. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { httpSource } from '../../src/engine/bytes/http-source';
import { FRONT, PART, budget, wholeBudget } from '../../src/engine/bytes/stream-room';
import type { Budget, RoomLimits } from '../../src/engine/bytes/stream-room';
import { readCredentials } from '../../src/engine/credentials/read';
import { readDisclosures } from '../../src/engine/disclosures/read';
import { aviFile, matroskaFile } from './fuzz/make';
import { serve } from './http-source-server';
import type { FaultyServer, MannerName } from './http-source-server';
import { never, readerInNode } from './support/node-engine';

const LIMITS = { headMs: 400, idleMs: 400, rangeMs: 600, wholeMs: 600, slowestBytesPerMs: 2_000 };
const media = (name: string): Buffer => readFileSync(`test/fixtures/media/${name}`);
const signed = media('ai-signed.mp4');

/** Node shows where a server sends it on to; browsers don't. */
const asBrowsersDo: typeof fetch = async (url, init) => {
  const response = await fetch(url, init);
  const isSentOn = init?.redirect === 'manual' && response.status >= 300 && response.status < 400;
  if (isSentOn) await response.body?.cancel();
  return isSentOn ? ({ type: 'opaqueredirect', status: 0, body: null } as Response) : response;
};

let server: FaultyServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Outcome {
  credentials: Credentials;
  statements: Credentials[];
  verifierStarted: boolean;
}

async function readOver(
  file: Buffer,
  manner: MannerName,
  {
    limitBytes = 10_000_000,
    signal = never,
    onStatement = (): void => undefined,
    beforeClaim = (): Promise<void> => Promise.resolve(),
    memory = undefined as RoomLimits | undefined,
  } = {},
): Promise<Outcome> {
  server = await serve(file);
  const source = httpSource(server.url(manner), {
    credentials: 'omit',
    limits: LIMITS,
    fetch: asBrowsersDo,
    ...(memory && { memory }),
  });
  const statements: Credentials[] = [];
  let verifierStarted = false;
  const start = (): Promise<ReturnType<typeof readerInNode>> => {
    verifierStarted = true;
    const reader = readerInNode();
    return Promise.resolve({ ...reader, claim: (jumbf) => beforeClaim().then(() => reader.claim(jumbf)) });
  };
  const credentials = await readCredentials(source, start, {
    limitBytes,
    signal,
    onStatement: (statement) => {
      statements.push(statement);
      onStatement();
    },
    onProgress: () => undefined,
    onVerify: () => undefined,
  });
  return { credentials, statements, verifierStarted };
}

const waitFor = async (done: () => boolean): Promise<void> => {
  for (let i = 0; i < 100 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
};

const FINE: MannerName[] = [
  'right',
  'no ranges',
  'no ranges, no length',
  'no total',
  'compressed',
  'redirect',
  '206 for all of it',
  'breaks off',
];

describe('a server that sends the file', () => {
  test.each(FINE)('%s', async (manner) => {
    const { credentials } = await readOver(signed, manner);
    expect(credentials).toMatchObject({ state: 'unrecognised', reason: 'untrusted', says: 'ai-generated' });
  });
});

test('an address with a user name and a password is asked for without them', async () => {
  server = await serve(signed);
  const address = server.url('right').replace('//', '//user:s3cret@');
  const bytes = await httpSource(address, { credentials: 'omit', limits: LIMITS }).read(0, 16, never);
  expect(Buffer.from(bytes)).toEqual(signed.subarray(0, 16));
});

const FAULTS: [MannerName, Partial<Credentials>][] = [
  ['another range', { state: 'unreachable', reason: 'http-error' }],
  ['forbidden', { state: 'unreachable', reason: 'http-error', detail: '403' }],
  ['not found', { state: 'unreachable', reason: 'http-error', detail: '404' }],
  ['out of range', { state: 'unreachable', reason: 'zero-bytes' }],
  ['a page', { state: 'unreachable', reason: 'not-media' }],
  ['a text', { state: 'unreachable', reason: 'not-media' }],
  ['nothing', { state: 'unreachable', reason: 'zero-bytes' }],
  ['redirect in circles', { state: 'unreachable', reason: 'network' }],
  ['silent', { state: 'unreachable', reason: 'timed-out' }],
  ['head only', { state: 'unreachable', reason: 'timed-out' }],
];

describe('a server that does not', () => {
  test.each(FAULTS)('%s', async (manner, expected) => {
    const { credentials, statements, verifierStarted } = await readOver(signed, manner);
    expect(credentials).toMatchObject({ ...expected, says: 'nothing', claims: 'nothing' });
    expect(statements).toEqual([]);
    expect(verifierStarted).toBe(false);
  });
});

describe('a server that gives up on the way: the claim was read, the rest was not', () => {
  const claimed = { state: 'unverified', says: 'nothing', claims: 'ai-generated' };
  test('cut off', async () => {
    const { credentials } = await readOver(signed, 'cut off');
    expect(credentials).toMatchObject({ ...claimed, reason: 'network' });
  });

  test.each<MannerName>([
    'breaks off, and then is another file',
    'breaks off, and names no version',
    'breaks off, and names no version for sure',
    'a part for all of it',
  ])('%s: the rest is not taken for the file’s', async (manner) => {
    const { credentials } = await readOver(signed, manner);
    expect(credentials).toMatchObject({ ...claimed, reason: 'network' });
  });

  const whenAnswered = async (): Promise<void> => {
    await waitFor(() => (server?.requests() ?? 0) >= 3 && server?.open() === 0);
  };
  test.each([
    ['at once', (): Promise<void> => Promise.resolve()],
    ['when all has been answered', whenAnswered],
  ])('half of it, called all of it: nothing was changed; claim read %s', async (_when, beforeClaim) => {
    const { credentials } = await readOver(signed, 'half of it, called all of it', { beforeClaim });
    expect(credentials).toMatchObject({ ...claimed, reason: 'partial' });
  });

  test('length too large: the walk already misses bytes that were promised', async () => {
    const { credentials } = await readOver(signed, 'length too large');
    expect(credentials).toMatchObject({ state: 'unreachable', reason: 'network', says: 'nothing' });
  });

  test('total too large: the file ends before the server says it does', async () => {
    const { credentials } = await readOver(signed, 'total too large');
    expect(credentials.state).toMatch(/^(unverified|unreachable)$/);
    expect(credentials.says).toBe('nothing');
  });

  test('endless', async () => {
    const { credentials } = await readOver(signed, 'endless', { limitBytes: 400_000 });
    expect(credentials).toMatchObject({ ...claimed, reason: 'too-large' });
  });

  test('trickle: slower than the limits allow', async () => {
    const begun = Date.now();
    const { credentials } = await readOver(signed, 'trickle');
    expect(credentials).toMatchObject({ says: 'nothing', reason: 'timed-out' });
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  test('trickle: who reads on after another reader gave up is not told that the file ends there', async () => {
    server = await serve(signed);
    const source = httpSource(server.url('trickle'), { credentials: 'omit', limits: LIMITS });
    await expect(source.read(0, 50_000, never)).rejects.toMatchObject({ reason: 'timed-out' });
    await expect(source.read(0, 50_000, never)).rejects.toMatchObject({ reason: 'timed-out' });
    await expect(source.whole(10_000_000, never, () => undefined)).rejects.toMatchObject({ reason: 'timed-out' });
  });

  test('no server at all', async () => {
    const gone = await serve(signed);
    const url = gone.url('right');
    await gone.close();
    const source = httpSource(url, { credentials: 'omit', limits: LIMITS });
    const credentials = await readCredentials(source, () => Promise.resolve(null), {
      limitBytes: 1_000_000,
      signal: never,
      onStatement: () => undefined,
      onProgress: () => undefined,
      onVerify: () => undefined,
    });
    expect(credentials).toMatchObject({ state: 'unreachable', reason: 'network' });
    expect(await readDisclosures(source, never)).toEqual([]);
  });
});

describe('stopping', () => {
  test.each(['silent', 'head only', 'trickle'] as const)(
    '%s: the server sees the connection closed',
    async (manner) => {
      const stop = new AbortController();
      setTimeout(() => {
        stop.abort();
      }, 100);
      const { credentials } = await readOver(signed, manner, { signal: stop.signal });
      expect(credentials).toMatchObject({ state: 'unverified', reason: 'stopped' });
      await waitFor(() => server?.open() === 0);
      expect(server?.open()).toBe(0);
      expect(server?.hungUp()).toBeGreaterThan(0);
    },
  );

  test('while the whole file is on its way', async () => {
    const stop = new AbortController();
    const onStatement = (): void => {
      stop.abort();
    };
    const { credentials } = await readOver(signed, 'endless', { signal: stop.signal, onStatement });
    expect(credentials).toMatchObject({ state: 'unverified', reason: 'stopped', claims: 'ai-generated' });
    await waitFor(() => server?.open() === 0);
    expect(server?.open()).toBe(0);
  });

  test('before the first request: none is made', async () => {
    const { credentials } = await readOver(signed, 'right', { signal: AbortSignal.abort() });
    expect(credentials).toMatchObject({ state: 'unverified', reason: 'stopped' });
  });
});

/** A `free` box of this size: a walk over the boxes of a file passes it. */
function freeBox(bytes: number): Buffer {
  const box = Buffer.alloc(bytes);
  box.writeUInt32BE(bytes, 0);
  box.write('free', 4, 'latin1');
  return box;
}

/** What may be kept, and the most that ever was. */
function watched(shared: Budget): { budget: Budget; highest(): number } {
  let highest = 0;
  const take = (bytes: number, own: number): boolean => {
    const fits = shared.take(bytes, own);
    highest = Math.max(highest, shared.taken());
    return fits;
  };
  return { budget: { ...shared, take }, highest: () => highest };
}

function watchedRoom(most: number): { memory: RoomLimits; highest(): number } {
  const { budget: shared, highest } = watched(budget(Infinity));
  return { memory: { most, shared }, highest };
}

describe('a large file without ranges', () => {
  const MOST = FRONT + 4 * PART;
  const GAP = 40 * PART;

  test.each<MannerName>(['no ranges', 'no ranges, no length', 'compressed'])(
    '%s: what the walk passes is not kept, and what is behind it is read',
    async (manner) => {
      const file = media('iptc.mp4');
      const said = file.readUInt32BE(0);
      server = await serve(Buffer.concat([file.subarray(0, said), freeBox(GAP), file.subarray(said)]));
      const { memory, highest } = watchedRoom(MOST);
      const source = httpSource(server.url(manner), { credentials: 'omit', memory });
      expect(await readDisclosures(source, never)).toMatchObject([{ kind: 'iptc-source-type' }]);
      expect(highest()).toBeLessThanOrEqual(FRONT + 2 * PART);
      source.close();
      expect(memory.shared.taken()).toBe(0);
    },
  );

  test('compressed: what unpacks to far more than was sent is given up, and the connection closed', async () => {
    const { credentials } = await readOver(Buffer.concat([signed, freeBox(80 * PART)]), 'compressed');
    expect(credentials).toMatchObject({ state: 'unverified', reason: 'too-large', says: 'nothing' });
    await waitFor(() => server?.open() === 0);
    expect(server?.open()).toBe(0);
  });

  test.each<MannerName>(['no ranges', 'no ranges, no length'])(
    '%s: while nobody reads, its server is not late',
    async (manner) => {
      const file = Buffer.concat([signed, freeBox(2 * PART)]);
      const startsLate = (): Promise<void> => new Promise((done) => setTimeout(done, LIMITS.wholeMs * 3));
      const { credentials } = await readOver(file, manner, { beforeClaim: startsLate });
      expect(credentials).toMatchObject({ state: 'unrecognised', reason: 'untrusted' });
    },
  );

  test.each<MannerName>(['no ranges', 'no ranges, no length'])('%s: verified while it passes', async (manner) => {
    const { memory, highest } = watchedRoom(MOST);
    const file = Buffer.concat([signed, freeBox(GAP)]);
    const { credentials } = await readOver(file, manner, { limitBytes: 100_000_000, memory });
    expect(credentials).toMatchObject({ state: 'unrecognised', reason: 'untrusted', says: 'ai-generated' });
    expect(highest()).toBeLessThanOrEqual(MOST);
  });

  test.each<MannerName>(['no ranges', 'no ranges, no length'])(
    '%s: where the verifier needs all of it at hand it is too large; its claim is read',
    async (manner) => {
      const { memory, highest } = watchedRoom(MOST);
      const file = Buffer.concat([media('tampered.mp4'), freeBox(GAP)]);
      const { credentials } = await readOver(file, manner, { limitBytes: 100_000_000, memory });
      expect(credentials).toMatchObject({ state: 'unverified', reason: 'too-large', claims: 'ai-generated' });
      expect(highest()).toBeLessThanOrEqual(MOST);
    },
  );
});

describe('large files with ranges, many at the same time', () => {
  const file = Buffer.concat([media('tampered.mp4'), freeBox(20 * PART)]);
  const limit = 40 * PART;

  test.each<MannerName>(['right', 'ranges, and without end as a whole'])(
    '%s: together they never have more than there is for all; what is too much is too large',
    async (manner) => {
      server = await serve(file);
      const { budget: wholeFiles, highest } = watched(wholeBudget(32 * PART));
      const url = server.url(manner);
      const sources = Array.from({ length: 8 }, () => httpSource(url, { credentials: 'omit', wholeFiles }));
      await Promise.all(sources.map((source) => source.read(0, 8, never)));
      const ended = await Promise.allSettled(sources.map((source) => source.whole(limit, never, () => undefined)));
      const failed = ended.filter((one) => one.status === 'rejected');
      expect(failed.length).toBeGreaterThanOrEqual(7);
      for (const { reason } of failed) expect(reason).toMatchObject({ reason: 'too-large' });
      expect(highest()).toBeLessThanOrEqual(32 * PART);
      for (const source of sources) source.close();
      expect(wholeFiles.taken()).toBe(0);
    },
  );

  test('one alone is kept, however large; and a small one beside large ones', async () => {
    server = await serve(file);
    const wholeFiles = wholeBudget(20 * PART);
    const large = httpSource(server.url('right'), { credentials: 'omit', wholeFiles });
    expect((await large.whole(limit, never, () => undefined)).length).toBe(file.length);
    large.close();
    const other = httpSource(server.url('ranges, and without end as a whole'), { credentials: 'omit', wholeFiles });
    const tiny = await serve(signed);
    const small = httpSource(tiny.url('right'), { credentials: 'omit', wholeFiles });
    await expect(other.whole(11 * PART, never, () => undefined)).rejects.toMatchObject({ reason: 'too-large' });
    expect(wholeFiles.taken()).toBeGreaterThanOrEqual(11 * PART); // not closed yet
    expect((await small.whole(limit, never, () => undefined)).length).toBe(signed.length);
    for (const source of [other, small]) source.close();
    expect(wholeFiles.taken()).toBe(0);
    await tiny.close();
  });

  test('a blob that is read many times', async () => {
    const { budget: wholeFiles, highest } = watched(wholeBudget(32 * PART));
    const blob = new Blob([file]);
    const sources = Array.from({ length: 8 }, () => blobSource(blob, 'blob', wholeFiles));
    const ended = await Promise.allSettled(sources.map((source) => source.whole(limit, never, () => undefined)));
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', ...Array.from({ length: 7 }, () => 'rejected')]);
    expect(highest()).toBeLessThanOrEqual(32 * PART);
    for (const source of sources) source.close();
    expect(wholeFiles.taken()).toBe(0);
  });
});

const UNSIGNED: [string, () => Buffer][] = [
  ['plain', () => media('unsigned.mp4')],
  ['index at the end', () => media('unsigned-moov-last.mp4')],
  ['fragmented', () => media('fragmented.mp4')],
  ['labelled', () => media('aigc.mp4')],
  ['XMP at the end', () => media('iptc.mp4')],
  ['WebM', () => media('webm-aigc.webm')],
  ['Matroska', () => Buffer.from(matroskaFile({ TITLE: 'x' }, 100_000))],
  ['AVI', () => Buffer.from(aviFile({ INAM: 'x' }, 1, 0, 100_000))],
];

describe('cost', () => {
  test.each(UNSIGNED)('an unsigned file, %s: both lanes read 16 KB in a few requests', async (_name, file) => {
    server = await serve(file());
    const source = httpSource(server.url('right'), { credentials: 'omit', limits: LIMITS });
    const disclosing = readDisclosures(source, never);
    const credentials = await readCredentials(source, () => Promise.reject(new Error('started')), {
      limitBytes: 10_000_000,
      signal: never,
      onStatement: () => undefined,
      onProgress: () => undefined,
      onVerify: () => undefined,
    });
    await disclosing;
    expect(credentials.state).toMatch(/^(none|unsupported)$/);
    expect(source.bytesRead()).toBeLessThanOrEqual(16 * 1024);
    expect(server.requests()).toBeLessThanOrEqual(6);
  });

  test('ai-signed.mp4: the first statement comes within 64 KB', async () => {
    const { credentials, statements } = await readOver(signed, 'right');
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ state: 'unverified', says: 'nothing', claims: 'ai-generated' });
    expect(statements[0]?.coverage.bytes_read).toBeLessThanOrEqual(64 * 1024);
    expect(credentials.coverage).toMatchObject({ bytes_read: signed.length, bytes_total: signed.length });
  });

  test.each(['ai-signed.mp4', 'camera-signed.mp4'])(
    '%s: three requests, all of it while its claim is read',
    async (name) => {
      const beforeClaim = async (): Promise<void> => {
        await waitFor(() => server?.requests() === 3);
        // The file's head; its manifest and what is behind it; all.
        expect(server?.requests()).toBe(3);
      };
      const { credentials } = await readOver(media(name), 'right', { beforeClaim });
      expect(credentials.coverage.bytes_read).toBe(credentials.coverage.bytes_total);
      expect(server?.requests()).toBe(3);
    },
  );

  test('C13: a file over the limit is not read whole, its claim is', async () => {
    const { credentials } = await readOver(signed, 'right', { limitBytes: 100_000 });
    const expected = { state: 'unverified', reason: 'too-large', says: 'nothing', claims: 'ai-generated' };
    expect(credentials).toMatchObject(expected);
    expect(credentials.coverage.bytes_read).toBeLessThan(64 * 1024);
  });

  test('credentials and disclosures together ask for each block once', async () => {
    server = await serve(media('aigc.mp4'));
    const source = httpSource(server.url('right'), { credentials: 'omit', limits: LIMITS });
    expect(await readDisclosures(source, never)).toHaveLength(1);
    const asked = server.requests();
    expect(asked).toBeLessThanOrEqual(8);
    expect(await readDisclosures(source, never)).toHaveLength(1);
    expect(server.requests()).toBe(asked);
  });
});

describe.each(['pass', 'whole'] as const)('whoever takes the bytes (%s) and fails', (how) => {
  test('is no fault of the network: nothing is asked for again', async () => {
    server = await serve(signed);
    const source = httpSource(server.url('breaks off'), { credentials: 'omit', limits: LIMITS, fetch: asBrowsersDo });
    const fault = new RangeError('no memory');
    const fail = (): never => {
      throw fault;
    };
    await expect(source[how](10_000_000, never, fail)).rejects.toBe(fault);
    await waitFor(() => server?.open() === 0);
    expect(server.requests()).toBe(1);
    source.close();
  });
});

describe('asked for ahead', () => {
  const known = async (file: Buffer): Promise<ReturnType<typeof httpSource>> => {
    server = await serve(file);
    const source = httpSource(server.url('right'), { credentials: 'omit', limits: LIMITS });
    await source.read(0, 16, never);
    return source;
  };
  const requests = async (count: number): Promise<void> => {
    await waitFor(() => server?.requests() === count);
    expect(server?.requests()).toBe(count);
  };
  const length = async (source: ReturnType<typeof httpSource>): Promise<number> => {
    let read = 0;
    await source.pass(10_000_000, never, (piece) => (read += piece.length));
    return read;
  };

  test('one request serves, and only one reader', async () => {
    const source = await known(signed);
    source.ahead?.(10_000_000, never);
    source.ahead?.(10_000_000, never);
    await requests(2);
    expect(await length(source)).toBe(signed.length);
    await requests(2);
    expect(await length(source)).toBe(signed.length);
    await requests(3);
  });

  test('nothing over the limit', async () => {
    const source = await known(signed);
    source.ahead?.(signed.length - 1, never);
    await source.read(100_000, 100_001, never);
    await requests(2);
  });

  test('not wanted after all: the connection is closed', async () => {
    const source = await known(Buffer.alloc(20_000_000, signed));
    source.ahead?.(30_000_000, never);
    await requests(2);
    source.close();
    await waitFor(() => server?.open() === 0);
    expect(server?.open()).toBe(0);
  });

  test('what goes wrong is told to the reader', async () => {
    const source = await known(signed);
    await server?.close();
    source.ahead?.(10_000_000, never);
    await expect(source.read(100_000, 100_001, never)).rejects.toMatchObject({ reason: 'network' });
    await expect(length(source)).rejects.toMatchObject({ reason: 'network' });
  });

  test('an answer that came while the thread was at work is asked for again', async () => {
    const source = await known(signed);
    source.ahead?.(10_000_000, never);
    const end = Date.now() + LIMITS.headMs + 100;
    while (Date.now() < end);
    expect(await length(source)).toBe(signed.length);
  });
});
