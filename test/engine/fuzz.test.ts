/**
 * Hostile files: whatever the bytes, readers give a valid answer, soon, and never throw. Mutations are seeded,
 * so a failure names the file that can be made again.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyCredentials } from '../../src/contract/lanes';
import { CREDENTIAL_STATES, DISCLOSURE_KINDS } from '../../src/contract/label';
import type { Credentials } from '../../src/contract/label';
import { blobSource } from '../../src/engine/bytes/blob-source';
import { readSignature } from '../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../src/engine/credentials/jumbf';
import { readCredentials } from '../../src/engine/credentials/read';
import { bindingOf } from '../../src/engine/credentials/binding';
import type { CredentialsReader } from '../../src/engine/credentials/reader';
import { isStampTrusted, isValidAt } from '../../src/engine/credentials/time-stamp';
import { readDisclosures } from '../../src/engine/disclosures/read';
import { aviFile, mutate, random, skeleton } from './fuzz-mutate';
import { never, readerInNode } from './support/node-engine';

type Bytes = Uint8Array<ArrayBuffer>;
/** Longest that one reader may take for one small file, on a busy machine. */
const SLOW_MS = 1_000;

const media = (file: string): Bytes => new Uint8Array(readFileSync(`test/fixtures/media/${file}`));
const AIGC = '{"AIGC":{"Label":"1","ContentProducer":"x"}}';

const MP4 = [
  ...['ai-signed', 'expired-stamped', 'aigc', 'iptc', 'comfyui', 'remote', 'unsigned', 'unsigned-moov-last'],
  ...['fragmented', 'false-friends'],
];
const SEEDS: [string, Bytes][] = [
  ...MP4.map((id): [string, Bytes] => [id, skeleton(media(`${id}.mp4`))]),
  ['webm-aigc', media('webm-aigc.webm').slice(0, 3_000)],
  ['avi', aviFile({ AIGC, ICMT: '{"prompt":{"1":{"class_type":"KSampler"}}}' })],
];

/** Goes through the readers of the manifest store, as the real one does, without the SDK. */
const parsersOnly: CredentialsReader = {
  claim: (jumbf) => {
    const label = /urn:[\w:-]+/.exec(Buffer.from(jumbf).toString('latin1'))?.[0] ?? '';
    const cose = signatureOf(jumbf, label);
    if (cose !== null) readSignature(cose);
    bindingOf(jumbf, label);
    return Promise.resolve(null);
  },
  matched: () => Promise.resolve(emptyCredentials('malformed')),
  judge: () => Promise.resolve(emptyCredentials('malformed')),
};

async function credentialsOf(bytes: Bytes, reader: CredentialsReader): Promise<Credentials> {
  return await readCredentials(blobSource(new Blob([bytes]), 'fuzz'), () => Promise.resolve(reader), {
    limitBytes: 10_000_000,
    signal: never,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => undefined,
  });
}

/**
 * Reads a file through both lanes; what is wrong with the answers, or null. A slow reading gets a second
 * chance: the machine may have been busy.
 */
async function complaint(bytes: Bytes, chances = 2): Promise<string | null> {
  const begun = performance.now();
  const credentials = await credentialsOf(bytes, parsersOnly);
  const between = performance.now();
  const found = await readDisclosures(blobSource(new Blob([bytes]), 'fuzz'), never);
  const end = performance.now();
  if (Math.max(between - begun, end - between) > SLOW_MS) {
    return chances > 1 ? await complaint(bytes, chances - 1) : `slow: ${String(end - begun)} ms`;
  }
  if (!CREDENTIAL_STATES.includes(credentials.state)) return `state ${credentials.state}`;
  if (credentials.state === 'malformed' && /Error/.test(credentials.detail ?? '')) return credentials.detail;
  const odd = found.find(({ kind, value }) => !DISCLOSURE_KINDS.includes(kind) || value.length > 600);
  return odd === undefined ? null : `disclosure ${odd.kind}`;
}

describe('mutated files', () => {
  test.each(SEEDS)('%s', async (_name, bytes) => {
    expect(await complaint(bytes)).toBeNull();
    for (let seed = 1; seed <= 250; seed++) {
      expect(await complaint(mutate(bytes, random(seed))), `seed ${String(seed)}`).toBeNull();
    }
  });

  test('bytes of any kind', async () => {
    const heads = ['', 'ftyp', '\0\0\0\x08ftyp', 'RIFF\0\0\0\0AVI ', '\x1aE\xdf\xa3', '#EXTM3U'];
    const file = fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(file, async ([head, rest]) => {
        expect(await complaint(Uint8Array.from([...Buffer.from(head, 'latin1'), ...rest]))).toBeNull();
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('parsers by themselves', () => {
  test.each([
    ['signature', (bytes: Bytes) => readSignature(bytes)],
    ['manifest store', (bytes: Bytes) => signatureOf(bytes, 'urn:c2pa:x')],
    ['C2PA box', (bytes: Bytes) => readC2paBox(bytes)],
    ['time-stamp', (bytes: Bytes) => isStampTrusted(bytes, [])],
    ['certificate', (bytes: Bytes) => isValidAt(bytes, new Date(0))],
  ] as const)('%s: never throws', async (_name, read) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await read(Uint8Array.from(bytes));
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  test('a signature nested a million deep', () => {
    expect(readSignature(new Uint8Array(1_000_000).fill(0x81))).toBeNull();
    expect(readSignature(Uint8Array.from([0xd2, 0x9b, 0, 0, 0, 1, 0, 0, 0, 0]))).toBeNull();
  });
});

const u32 = (value: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value >>> 0);
  return out;
};
const box = (type: string, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
};
const FTYP = box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1'));
const xmp = (packet: string): Bytes => {
  const uuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');
  return new Uint8Array(Buffer.concat([FTYP, box('uuid', uuid, Buffer.from(packet))]));
};
const comment = (value: string): Bytes => {
  const moov = box('moov', box('udta', box('©cmt', Buffer.from(value))));
  return new Uint8Array(Buffer.concat([FTYP, moov]));
};

const LOLS = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${String(i + 1)} "${`&l${String(i)};`.repeat(10)}">`);
const GRAPH = Object.fromEntries(
  Array.from({ length: 5_000 }, (_, i) => [
    String(i),
    { class_type: i === 0 ? 'SaveVideo' : 'Node', inputs: { a: [String(i + 1), 0], b: [String(i), 0], c: ['0', 0] } },
  ]),
);

describe('bombs end soon and say nothing', () => {
  test.each<[string, () => Bytes]>([
    ['entities', () => xmp(`<!DOCTYPE a [<!ENTITY l0 "lol">${LOLS.join('')}]><a>&l12;</a>`)],
    ['deep elements', () => xmp('<a>'.repeat(60_000))],
    ['deep elements, closed', () => xmp('<a>'.repeat(60_000) + '</a>'.repeat(60_000))],
    ['one name again and again', () => xmp(`<r>${'<a>x</a>'.repeat(60_000)}</r>`)],
    [
      'declarations and elements',
      () => {
        const declared = Array.from({ length: 8_000 }, (_, i) => `xmlns:n${String(i)}="u${String(i)}"`).join(' ');
        return xmp(`<r ${declared}>${'<a/>'.repeat(60_000)}</r>`);
      },
    ],
    [
      'declarations in each element',
      () => xmp(`<r>${'<a xmlns:b="c" b:d="e">'.repeat(20)}${'<a xmlns:f="g"/>'.repeat(25_000)}</r>`),
    ],
    [
      'packet after packet',
      () => {
        const one = xmp(`<r>${'<a b="c">d</a>'.repeat(3_000)}</r>`);
        return new Uint8Array(Buffer.concat([FTYP, ...Array.from({ length: 200 }, () => one.subarray(FTYP.length))]));
      },
    ],
    ['character references', () => xmp(`<a>${'&#x41;&#1114112;&amp;'.repeat(20_000)}</a>`)],
    ['open tags without ends', () => xmp('<a b="'.repeat(80_000))],
    ['prototype names', () => xmp('<__proto__ constructor="1"><toString>x</toString></__proto__>')],
    ['deep JSON', () => comment('['.repeat(200_000))],
    ['deep JSON, closed', () => comment(`{"AIGC":${'{"AIGC":'.repeat(50_000)}1${'}'.repeat(50_001)}`)],
    ['a graph in circles', () => comment(JSON.stringify({ prompt: GRAPH }))],
    [
      'thousands of boxes',
      () => new Uint8Array(Buffer.concat([FTYP, ...Array.from({ length: 30_000 }, () => box('free'))])),
    ],
    [
      'thousands of boxes in moov',
      () => new Uint8Array(Buffer.concat([FTYP, box('moov', ...Array.from({ length: 30_000 }, () => box('free')))])),
    ],
    ['boxes in boxes', () => new Uint8Array(Array.from({ length: 3_000 }).reduce<Buffer>((b) => box('moov', b), FTYP))],
  ])('%s', async (_name, make) => {
    const bytes = make();
    expect(await complaint(bytes)).toBeNull();
    expect(await readDisclosures(blobSource(new Blob([bytes]), 'bomb'), never)).toEqual([]);
  });
});

describe('mutated signed files through the verifier', () => {
  const root = (name: string): string => readFileSync(`test/fixtures/${name}.pem`, 'utf8');
  const user = { signers: root('test-root'), timeStamps: root('tsa-root') };
  const file = media('ai-signed.mp4');
  const view = new DataView(file.buffer);
  const store = Buffer.from(file).indexOf('jumb') - 4;
  const boxStart = view.getUint32(0); // behind the file type
  const boxEnd = boxStart + view.getUint32(boxStart);

  /** Longest run of zeros in the store: padding of the signature, which no hash covers. */
  const pad = ((): [number, number] => {
    let best: [number, number] = [0, 0];
    for (let at = store, from = store; at < boxEnd; at++) {
      if (file[at] !== 0) from = at + 1;
      else if (at + 1 - from > best[1] - best[0]) best = [from, at + 1];
    }
    return best;
  })();
  /** Parts that no hash covers: the file type, the head of the C2PA box, padding. */
  const uncovered = (at: number): boolean => at < store || (at >= pad[0] && at < pad[1]);

  /** The mutation left all that is signed as it was; bytes behind the end are no part of the file's boxes. */
  const leftIntact = (bytes: Bytes): boolean => {
    if (bytes.length < file.length) return false;
    return file.every((byte, at) => bytes[at] === byte || uncovered(at));
  };

  test.each(['head', 'media'] as const)('in its %s', async (where) => {
    const reader = readerInNode(user);
    expect((await credentialsOf(file, reader)).state).toBe('trusted-user');
    const split = boxEnd + 3_000;
    const [head, rest] = [file.slice(0, split), file.slice(split)];
    for (let seed = 1; seed <= 150; seed++) {
      const r = random(seed * 31);
      const parts = where === 'head' ? [mutate(head, r), rest] : [head, mutate(rest, r)];
      const bytes = new Uint8Array(Buffer.concat(parts));
      const { state } = await credentialsOf(bytes, reader);
      expect(CREDENTIAL_STATES, `seed ${String(seed)}`).toContain(state);
      if (!leftIntact(bytes)) expect(state, `seed ${String(seed)}`).not.toMatch(/^trusted/);
    }
  });

  test('one bit anywhere that is signed', async () => {
    const reader = readerInNode(user);
    const r = random(5);
    for (let i = 0; i < 60; i++) {
      const at = i % 2 === 0 ? store + r.below(boxEnd - store) : boxEnd + r.below(file.length - boxEnd);
      if (uncovered(at)) continue;
      const bytes = file.slice();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << r.below(8));
      const { state } = await credentialsOf(bytes, reader);
      expect(state, `byte ${String(at)}`).not.toMatch(/^trusted/);
    }
  });
});
