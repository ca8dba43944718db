/** The way of one file through the credentials lane, with a verifier that only notes what it is asked. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/contract/label';
import { emptyCredentials } from '../../src/contract/lanes';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { readHeader } from '../../src/engine/bytes/boxes';
import { readC2paBox } from '../../src/engine/credentials/jumbf';
import { readCredentials } from '../../src/engine/credentials/read';
import type { Binding } from '../../src/engine/credentials/binding';
import type { CredentialsReader, ReadInput } from '../../src/engine/credentials/reader';
import { EngineFailure } from '../../src/engine/credentials/sdk';

const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};
const ftyp = box('ftyp', Buffer.from('isom'));
const moov = box('moov');
const mdat = box('mdat', Buffer.alloc(100));
const c2pa = (merkleOffset = 0): Buffer => {
  const head = [Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex'), u32(0), Buffer.from('manifest\0'), u32(0)];
  return box('uuid', ...head, u32(merkleOffset), box('jumb'));
};
const fragments = (count: number): Buffer[] => Array.from({ length: count }, () => Buffer.concat([box('moof'), mdat]));

interface Elsewhere {
  /** What the server's `Link` says. */
  link: string;
  /** What is kept there. */
  store: Buffer;
}

interface Way {
  credentials: Credentials;
  asked: ReadInput[];
  statements: Credentials[];
  started: boolean;
  /** Our own hash of the file was the signed one. */
  matched: boolean;
  broken: boolean;
}

async function way(
  file: Buffer,
  judge?: CredentialsReader['judge'] | null,
  limitBytes = 10_000,
  binding: Binding | null = null,
): Promise<Way> {
  const seen: Omit<Way, 'credentials'> = { asked: [], statements: [], started: false, broken: false, matched: false };
  const reader: CredentialsReader = {
    claim: () =>
      Promise.resolve({ credentials: { ...emptyCredentials('unverified'), claims: 'ai-generated' }, binding }),
    matched: () => {
      seen.matched = true;
      return Promise.resolve(emptyCredentials('trusted'));
    },
    judge: async (input) => {
      seen.asked.push(input);
      return judge == null ? emptyCredentials('trusted') : await judge(input);
    },
  };
  const start = () => {
    seen.started = true;
    return Promise.resolve(judge === null ? null : reader);
  };
  const credentials = await readCredentials(blobSource(new Blob([Uint8Array.from(file)]), 'test'), start, {
    limitBytes,
    signal: new AbortController().signal,
    onStatement: (statement) => seen.statements.push(statement),
    onProgress: () => undefined,
    onVerify: () => undefined,
    onBroken: () => {
      seen.broken = true;
    },
  });
  return { credentials, ...seen };
}

describe('the verifier is not started', () => {
  test.each<[string, Credentials['state'], Buffer[]]>([
    ['an unsigned file', 'none', [ftyp, moov, mdat]],
    ['an unsigned fragmented file', 'none', [ftyp, moov, ...fragments(100)]],
    ['a cut file', 'unverified', [ftyp, moov, mdat.subarray(0, 50)]],
    ['a video with junk behind it', 'none', [ftyp, moov, mdat, Buffer.alloc(12)]],
    ['a box, and then zeros', 'unsupported', [ftyp, Buffer.alloc(100)]],
    ['a box, and then no box', 'unsupported', [ftyp, Buffer.from([0, 0, 0, 3, 1, 2, 3, 4])]],
    ['a box, and then text', 'unsupported', [ftyp, Buffer.from('this is no box')]],
  ])('%s', async (_, state, parts) => {
    const { credentials, started } = await way(Buffer.concat(parts));
    expect(credentials.state).toBe(state);
    expect(started).toBe(false);
  });
});

describe('what the verifier is told of the bytes', () => {
  test.each<[string, ReadInput['completeness'], Buffer[]]>([
    ['whole', { whole: true, hasC2pa: true, hasMedia: true }, [ftyp, c2pa(), moov, mdat]],
    ['cut', { whole: false, hasC2pa: true, hasMedia: true }, [ftyp, c2pa(), moov, mdat.subarray(0, 50)]],
    ['init only', { whole: true, hasC2pa: true, hasMedia: false }, [ftyp, c2pa(), moov]],
    ['many fragments', { whole: true, hasC2pa: true, hasMedia: true }, [ftyp, c2pa(), moov, ...fragments(30)]],
    // The walk over the network ends long before the last fragment.
    [
      'many fragments, the last one cut',
      { whole: false, hasC2pa: true, hasMedia: true },
      [ftyp, c2pa(), moov, ...fragments(30), mdat.subarray(0, 50)],
    ],
  ])('%s', async (_, completeness, parts) => {
    const { asked, statements } = await way(Buffer.concat(parts));
    expect(asked.map((input) => input.completeness)).toEqual([completeness]);
    expect(statements).toHaveLength(1);
  });
});

test('a claim stands when the bytes can’t be had', async () => {
  const { credentials, asked } = await way(Buffer.concat([ftyp, c2pa(), moov, mdat]), undefined, 100);
  expect(credentials).toMatchObject({
    state: 'unverified',
    reason: 'too-large',
    claims: 'ai-generated',
    says: 'nothing',
  });
  expect(asked).toEqual([]);
});

test('an offset to a Merkle box that is not there', async () => {
  const { credentials } = await way(Buffer.concat([ftyp, c2pa(4711), moov, mdat]));
  expect(credentials.state).toBe('malformed');
});

test('a segment alone', async () => {
  const { credentials } = await way(Buffer.concat([box('styp'), c2pa(), ...fragments(1)]));
  expect(credentials.state).toBe('streamed');
});

describe('a fault of ours is none of the file', () => {
  const file = Buffer.concat([ftyp, c2pa(), moov, mdat]);
  test('no verifier', async () => {
    const { credentials } = await way(file, null);
    expect(credentials).toMatchObject({ state: 'unverified', reason: 'engine-unavailable' });
  });
  test.each([
    [true, new EngineFailure('RuntimeError: unreachable')],
    [false, new Error('something else')],
  ])('broken: %s', async (expected, error) => {
    const { credentials, broken } = await way(file, () => Promise.reject(error));
    expect(credentials).toMatchObject({ state: 'unverified', reason: 'engine-unavailable', detail: String(error) });
    expect(broken).toBe(expected);
  });
});

describe('our own hash', () => {
  const file = (media: Buffer): Buffer => Buffer.concat([ftyp, c2pa(), moov, box('free', Buffer.alloc(9)), media]);
  /** As the standard has it: each box that is not left out, its offset in front. */
  const bindingFor = (bytes: Buffer, boxes: [start: number, end: number][]): Binding => {
    const sum = createHash('sha256');
    for (const [start, end] of boxes) {
      const offset = Buffer.alloc(8);
      offset.writeBigUInt64BE(BigInt(start));
      sum.update(offset).update(bytes.subarray(start, end));
    }
    return { label: 'c2pa.hash.bmff.v3', hash: sum.digest(), excluded: new Set(['ftyp', 'uuid', 'free']) };
  };
  const moovAt = ftyp.length + c2pa().length;
  const mdatAt = moovAt + moov.length + 17;
  const parts = (bytes: Buffer): [number, number][] => [
    [moovAt, moovAt + moov.length],
    [mdatAt, bytes.length],
  ];

  test.each<[string, Buffer, boolean]>([
    ['a file that is kept', mdat, true],
    ['a file that streams by', box('mdat', Buffer.alloc(50_000_000, 7)), false],
  ])('%s: matches without the verifier, and a changed one is the verifier’s', async (_, media, isKept) => {
    const bytes = file(media);
    const intact = await way(bytes, undefined, 100_000_000, bindingFor(bytes, parts(bytes)));
    expect([intact.matched, intact.asked.length]).toEqual([true, 0]);
    const sha256 = (): string | null => (isKept ? createHash('sha256').update(bytes).digest('hex') : null);
    expect(intact.credentials.coverage.sha256).toBe(sha256());
    const binding = bindingFor(bytes, parts(bytes));
    bytes[bytes.length - 1] = 0xff;
    const changed = await way(bytes, undefined, 100_000_000, binding);
    expect(changed.matched).toBe(false);
    expect(changed.credentials.coverage.sha256).toBe(sha256());
    expect(changed.asked.map((input) => input.bytes.length)).toEqual([bytes.length]);
  });
});

describe('a manifest kept elsewhere', () => {
  const plain = Buffer.concat([ftyp, moov, mdat]);
  const store = box('jumb', Buffer.from('a manifest store'));
  const LINK = 'https://keeper.example/one.c2pa';

  async function ask(
    remote: boolean,
    { link, store: kept }: Elsewhere,
    file = plain,
  ): Promise<Way & { opened: string[] }> {
    const opened: string[] = [];
    const asked: ReadInput[] = [];
    const reader: CredentialsReader = {
      claim: () => Promise.resolve(null),
      matched: () => Promise.resolve(emptyCredentials('malformed')),
      judge: (input) => {
        asked.push(input);
        return Promise.resolve(emptyCredentials('trusted'));
      },
    };
    const source = { ...blobSource(new Blob([Uint8Array.from(file)]), 'test'), manifestLink: () => link };
    const open = (address: string) => {
      opened.push(address);
      return blobSource(new Blob([Uint8Array.from(kept)]), address);
    };
    const credentials = await readCredentials(source, () => Promise.resolve(reader), {
      limitBytes: 10_000,
      signal: new AbortController().signal,
      onStatement: () => undefined,
      onProgress: () => undefined,
      onVerify: () => undefined,
      ...(remote ? { remote: open } : {}),
    });
    return { credentials, asked, opened, statements: [], started: asked.length > 0, broken: false, matched: false };
  }

  test('is a link as long as nobody asks for it', async () => {
    const { credentials, opened, started } = await ask(false, { link: LINK, store });
    expect(credentials).toMatchObject({ state: 'remote', reason: null, detail: 'keeper.example' });
    expect([opened, started]).toEqual([[], false]);
  });

  test('is verified with the file, at the end of which it is put', async () => {
    const { credentials, asked, opened } = await ask(true, { link: LINK, store });
    expect(credentials.state).toBe('trusted');
    expect(opened).toEqual([LINK]);
    const bytes = Buffer.from(asked[0]?.bytes ?? []);
    expect(bytes.subarray(0, plain.length).equals(plain)).toBe(true);
    const head = readHeader(bytes.subarray(plain.length), plain.length, bytes.length);
    expect(head).toMatchObject({ type: 'uuid', uuid: 'd8fec3d61b0e483c92975828877ec481', end: bytes.length });
    const inside = readC2paBox(Uint8Array.from(bytes.subarray(head?.body)));
    expect(inside).toEqual({ jumbf: Uint8Array.from(store), purpose: 'manifest', merkleOffset: 0 });
    expect(asked[0]?.completeness).toEqual({ whole: true, hasC2pa: true, hasMedia: true });
  });

  test('is not for files of another kind', async () => {
    const avi = Buffer.concat([Buffer.from('RIFF\x04\0\0\0AVI ')]);
    const { credentials, opened } = await ask(true, { link: LINK, store }, avi);
    expect(credentials).toMatchObject({ state: 'remote', reason: 'container' });
    expect(opened).toEqual([]);
  });

  test.each<[string, Elsewhere, string, number]>([
    ['something else is kept there', { link: LINK, store: Buffer.from('<!doctype html><p>Sign in') }, 'not-media', 1],
    ['nothing is kept there', { link: LINK, store: Buffer.alloc(0) }, 'zero-bytes', 1],
    ['too much is kept there', { link: LINK, store: Buffer.alloc(17 * 1024 * 1024) }, 'too-large', 1],
    ['the address is inside of a network', { link: 'https://router.local/x', store }, 'not-public', 0],
    ['the address is not secure', { link: 'http://keeper.example/x', store }, 'not-public', 0],
  ])('stays a link when %s', async (_, elsewhere, reason, requests) => {
    const { credentials, opened, started } = await ask(true, elsewhere);
    expect(credentials).toMatchObject({ state: 'remote', reason });
    expect([opened.length, started]).toEqual([requests, false]);
  });
});
