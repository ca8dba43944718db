/** What mutations begin with: own fixtures, files made here, the parts of signed ones, and shared files where they are. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { blobSource } from '../../../src/engine/bytes/blob-source';
import { layoutOf } from '../../../src/engine/bytes/layout';
import { readSignature } from '../../../src/engine/credentials/cose';
import { readC2paBox, signatureOf } from '../../../src/engine/credentials/jumbf';
import { never } from '../support/node-engine';
import type { Bytes } from './bytes';
import { aviFile, commentFile, matroskaFile, nalFile, seiUnit, skeleton } from './make';
import type { Seed } from './mutate';
import { activeLabel } from './targets';
import type { Target } from './targets';

export interface FuzzSeed extends Seed {
  target: Target;
}

const MEDIA = 'test/fixtures/media';
const SHARED = '../shared/fixtures/c2pa';
/** Longer files would make a run slow, and have nothing that shorter ones don't. */
const MAX_SEED = 64_000;

const AIGC = '{"AIGC":{"Label":"1","ContentProducer":"x"}}';
const GRAPH = JSON.stringify({
  prompt: {
    1: { class_type: 'KSampler', inputs: { model: ['4', 0] } },
    2: { class_type: 'VAEDecode', inputs: { samples: ['1', 0] } },
    3: { class_type: 'VHS_VideoCombine', inputs: { images: ['2', 0], audio: ['5', 1] } },
    4: { class_type: 'VHS_LoadVideo', inputs: {} },
  },
});
const KLING = seiUnit('91ca60614aee385486142d5f73f4ae2e', 'kling-ai');
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" e:AISystemUsed="x" xmlns:d="http://purl.org/dc/terms/"
 d:provenance="https://a.test/m"><e:DigitalSourceType rdf:resource="trainedAlgorithmicMedia"/>
<t:AIGC xmlns:t="http://www.tc260.org.cn/ns/AIGC/1.0/">${AIGC}</t:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>`;

const bytesOf = (path: string): Bytes => new Uint8Array(readFileSync(path));
const made = (text: string): Bytes => new Uint8Array(Buffer.from(text));

function fileSeed(path: string, name: string): FuzzSeed | null {
  if (/\.(mp4|mov|m4v|m4s)$/.test(name)) {
    const bytes = skeleton(bytesOf(path));
    return bytes.length > MAX_SEED ? null : { name, format: 'boxes', bytes, target: 'file' };
  }
  const format = name.endsWith('.avi') ? 'riff' : /\.(webm|mkv)$/.test(name) ? 'ebml' : null;
  return format === null ? null : { name, format, bytes: bytesOf(path).slice(0, MAX_SEED), target: 'file' };
}

function filesIn(folder: string, prefix: string): FuzzSeed[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return names.flatMap((name) => fileSeed(`${folder}/${name}`, prefix + name) ?? []);
}

/** The parts of a signed file that have readers of their own. */
async function partsOf(name: string): Promise<FuzzSeed[]> {
  const source = blobSource(new Blob([bytesOf(`${MEDIA}/${name}`)]), name);
  const [box] = (await layoutOf(source, never)).c2pa;
  const body = box === undefined ? new Uint8Array(0) : await source.read(box.body, box.end, never);
  const jumbf = readC2paBox(body)?.jumbf ?? new Uint8Array(0);
  const cose = signatureOf(jumbf, activeLabel(jumbf)) ?? new Uint8Array(0);
  const { certificates = [], tokens = [] } = readSignature(cose) ?? {};
  return [
    { name: `${name} store`, format: 'boxes', bytes: jumbf, target: 'store' },
    { name: `${name} signature`, format: 'cbor', bytes: cose.slice(), target: 'signature' },
    ...certificates.map((der, i): FuzzSeed => {
      return { name: `${name} certificate ${String(i)}`, format: 'der', bytes: der.slice(), target: 'certificate' };
    }),
    ...tokens.map((der): FuzzSeed => ({ name: `${name} token`, format: 'der', bytes: der.slice(), target: 'token' })),
  ];
}

const MADE: FuzzSeed[] = [
  { name: 'avi', format: 'riff', bytes: aviFile({ AIGC, ICMT: GRAPH }), target: 'file' },
  { name: 'matroska', format: 'ebml', bytes: matroskaFile({ AIGC, PROMPT: GRAPH }), target: 'file' },
  { name: 'nal units', format: 'boxes', bytes: nalFile(KLING, Uint8Array.of(0x65, 1, 2), KLING), target: 'file' },
  { name: 'comment', format: 'text', bytes: commentFile(AIGC), target: 'file' },
  { name: 'graph', format: 'text', bytes: made(GRAPH), target: 'statement' },
  { name: 'label', format: 'text', bytes: made(AIGC), target: 'statement' },
  { name: 'xmp', format: 'text', bytes: made(XMP), target: 'xmp' },
  { name: 'pem', format: 'text', bytes: bytesOf('test/fixtures/test-root.pem'), target: 'pem' },
];

/** What is in the repository: the same on every machine. */
export async function ownSeeds(): Promise<FuzzSeed[]> {
  const parts = await Promise.all(['ai-signed.mp4', 'ai-edited.mp4', 'expired-stamped.mp4'].map(partsOf));
  return [...filesIn(MEDIA, ''), ...MADE, ...parts.flat()].filter(({ bytes }) => bytes.length > 0);
}

export async function allSeeds(): Promise<FuzzSeed[]> {
  return [...(await ownSeeds()), ...filesIn(SHARED, 'shared/')].filter(({ bytes }) => bytes.length > 0);
}
