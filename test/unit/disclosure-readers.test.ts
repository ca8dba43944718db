/** The readers of unsigned statements: what fires, and what looks like it and must not. */
import { describe, expect, test } from 'vitest';
import type { Disclosure } from '../../src/contract/label';
import { aigcLabel } from '../../src/engine/disclosures/aigc-label';
import { comfyUi } from '../../src/engine/disclosures/comfyui';
import type { FileFacts } from '../../src/engine/disclosures/facts';
import { klingSei } from '../../src/engine/disclosures/kling-sei';
import { iptcAiFields, iptcSourceType } from '../../src/engine/disclosures/source-type';

const nothing: FileFacts = { items: [], xmp: [], sei: [] };
const item = (key: string, value: unknown): FileFacts => ({
  ...nothing,
  items: [{ where: 'test', key, value: typeof value === 'string' ? value : JSON.stringify(value) }],
});
const xmp = (name: string, ...values: string[]): FileFacts => ({
  ...nothing,
  xmp: [{ where: 'uuid', properties: new Map([[name, values]]) }],
});
const said = (found: Disclosure[]): string => found.map((d) => d.says).join();

const FULL = { Label: '1', ContentProducer: '001191330106MA2CFLDG4R00000', ProduceID: 'p', ReservedCode1: null };

describe('the AIGC label', () => {
  test.each<[string, string, FileFacts]>([
    ['ai-generated', 'under its key', item('AIGC', FULL)],
    ['ai-generated', 'wrapped', item('©cmt', { AIGC: FULL })],
    ['ai-generated', 'wrapped as a text', item('©cmt', { AIGC: JSON.stringify(FULL) })],
    ['ai-generated', 'with a prefix', item('©cmt', `AIGC=${JSON.stringify(FULL)}`)],
    ['ai-generated', 'bare, without a key', item('', FULL)],
    ['ai-generated', 'label as a number', item('AIGC', { ...FULL, Label: 1 })],
    ['ai-generated', 'of a service provider', item('AIGC', { Label: '1', ServiceProvider: 'x' })],
    ['ai-generated', 'a producer alone', item('AIGC', { ContentProducer: 'x' })],
    ['possibly-ai', 'label 2', item('AIGC', { ...FULL, Label: '2' })],
    ['possibly-ai', 'label 3', item('AIGC', { ...FULL, Label: '3' })],
    ['ai-generated', 'in XMP', xmp('{http://www.tc260.org.cn/ns/AIGC/1.0/}AIGC', JSON.stringify(FULL))],
    ['ai-generated', 'in XMP whose prefix nobody declared', xmp('{TC260:}AIGC', JSON.stringify(FULL))],
    ['', 'a label alone under such a prefix', xmp('{TC260:}AIGC', '{"Label":"1"}')],
    ['', 'an unknown label', item('AIGC', { ...FULL, Label: '9' })],
    ['', 'a label called like a property of all objects', item('AIGC', { ...FULL, Label: 'constructor' })],
    ['', 'broken JSON', item('AIGC', '{"Label":"1",')],
    ['', 'other JSON', item('AIGC', { title: 'AIGC' })],
    ['', 'a list', item('AIGC', [FULL])],
    ['', 'a word', item('AIGC', 'AIGC')],
    ['', 'a label alone in a nameless field', item('', { Label: '1' })],
    ['', 'the word in another field', item('©nam', 'AIGC 1')],
    ['', 'the same name in another namespace', xmp('{urn:x}AIGC', JSON.stringify(FULL))],
  ])('%s: %s', (expected, _, facts) => {
    expect(said(aigcLabel(facts))).toBe(expected);
  });
});

describe('a ComfyUI graph', () => {
  const sampler = {
    1: { class_type: 'KSampler', inputs: {} },
    2: { class_type: 'VAEDecode', inputs: { samples: ['1', 0] } },
    3: { class_type: 'VHS_VideoCombine', inputs: { images: ['2', 0] } },
  };
  const loads = {
    ...sampler,
    1: { class_type: 'KSampler', inputs: { x: ['0', 0] } },
    0: { class_type: 'VHS_LoadVideo', inputs: {} },
  };
  const cycle = {
    1: { class_type: 'SaveVideo', inputs: { a: ['2', 0] } },
    2: { class_type: 'X', inputs: { a: ['1', 0] } },
  };
  const saved = (source: string, ...further: [string, string][]): FileFacts =>
    item('prompt', {
      1: { class_type: source, inputs: Object.fromEntries(further.map((_, i) => [String(i), [String(i + 3), 0]])) },
      2: { class_type: 'SaveVideo', inputs: { video: ['1', 0] } },
      ...Object.fromEntries(further.map(([name, value], i) => [i + 3, { class_type: name, inputs: { x: value } }])),
    });
  test.each<[string, string, FileFacts]>([
    ['ai-generated', 'a generator elsewhere', saved('Veo3VideoGenerationNode')],
    ['ai-generated', 'a generator elsewhere, from a picture', saved('KlingImage2VideoNode', ['LoadImage', 'a.png'])],
    ['ai-edited', 'a generator elsewhere, of a loaded video', saved('Wan2VideoEditApi', ['LoadVideo', 'a.mp4'])],
    ['', 'a loaded video, enlarged elsewhere', saved('TopazVideoEnhanceV2', ['LoadVideo', 'a.mp4'])],
    ['', 'a node that begins like one of a generator', saved('KlingCameraControls')],
    ['ai-generated', 'in the comment', item('©cmt', { prompt: sampler })],
    ['ai-generated', 'in the comment, as a text', item('©cmt', { prompt: JSON.stringify(sampler) })],
    ['ai-generated', 'under its key', item('prompt', sampler)],
    ['ai-generated', 'under a Matroska name', item('PROMPT', sampler)],
    ['ai-edited', 'with a video loaded', item('prompt', loads)],
    ['', 'without a sampler', item('prompt', { 3: { class_type: 'VHS_VideoCombine', inputs: {} } })],
    ['', 'a sampler that leads nowhere', item('prompt', { ...sampler, 2: { class_type: 'VAEDecode', inputs: {} } })],
    ['', 'no saver', item('prompt', { 1: sampler[1], 2: sampler[2] })],
    ['', 'a circle', item('prompt', cycle)],
    ['', 'a workflow alone', item('workflow', { nodes: [{ type: 'KSampler' }] })],
    ['', 'a prompt in words', item('prompt', 'a cat, KSampler, VHS_VideoCombine')],
    ['', 'a prompt in JSON', item('©cmt', { prompt: 'a cat' })],
  ])('%s: %s', (expected, _, facts) => {
    expect(said(comfyUi(facts))).toBe(expected);
  });
});

describe('IPTC fields', () => {
  const EXT = '{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}';
  const CV = 'cv.iptc.org/newscodes/digitalsourcetype/';
  test.each<[string, string]>([
    ['ai-generated', `http://${CV}trainedAlgorithmicMedia`],
    ['ai-generated', `https://${CV}trainedAlgorithmicMedia`],
    ['ai-generated', 'trainedAlgorithmicMedia'],
    ['ai-edited', `http://${CV}compositeWithTrainedAlgorithmicMedia`],
    ['captured', `http://${CV}digitalCapture`],
    ['made-without-ai', `http://${CV}digitalArt`],
    ['', `http://${CV}somethingNew`],
    ['', 'http://elsewhere.example/trainedAlgorithmicMedia'],
    ['', `http://${CV}constructor`],
    ['', ''],
  ])('%s: source type %s', (expected, value) => {
    expect(said(iptcSourceType(xmp(`${EXT}DigitalSourceType`, value)))).toBe(expected);
  });

  test('AI fields say that AI was used', () => {
    expect(iptcAiFields(xmp(`${EXT}AISystemUsed`, 'Some System'))).toMatchObject([
      { says: 'ai-used', value: 'AISystemUsed: Some System' },
    ]);
    const german = ['keine', 'Keines'];
    const other = ['Aucun', 'ninguno', 'Nessuna', 'Nenhum', '无', '無', 'なし', 'Нет'];
    const english = [
      'None',
      'none used',
      'no AI used',
      'No AI was used.',
      'Without AI',
      'not used',
      'N/A',
      'not applicable',
    ];
    for (const none of ['  ', '-', ...english, ...german, ...other])
      expect(iptcAiFields(xmp(`${EXT}AISystemUsed`, none))).toEqual([]);
    for (const some of [
      'Nano Banana',
      'NoiseAI',
      'None of the above but Sora',
      '即梦',
      'Кандинский',
      'Keiner',
      'Noai',
      'No AI was used by hand but Sora',
    ])
      expect(iptcAiFields(xmp(`${EXT}AISystemUsed`, some))).toHaveLength(1);
    expect(iptcAiFields(xmp('{urn:x}AISystemUsed', 'Some System'))).toEqual([]);
  });
});

describe('Kling’s message', () => {
  const message = (uuid: string, payload: string): FileFacts => ({
    ...nothing,
    sei: [{ uuid, payload: new TextEncoder().encode(payload) }],
  });
  test.each<[string, FileFacts]>([
    ['ai-generated', message('91ca60614aee385486142d5f73f4ae2e', 'kling-ai')],
    ['', message('91ca60614aee385486142d5f73f4ae2e', 'something else')],
    ['', message('dc45e9bde6d948b7962cd820d923eeef', 'kling-ai')],
  ])('%s', (expected, facts) => {
    expect(said(klingSei(facts))).toBe(expected);
  });
});

test('false friends', () => {
  const friends = [
    item('©too', 'Google'),
    item('©too', 'Lavf61.7.100'),
    item('hdlr', 'ISO Media file produced by Google Inc.'),
    item('©cmt', 'vid:v10044g50000'),
    item('©nam', 'Sora, Veo, Kling, AI, prompt'),
    item('©nam', '{"prompt": "a cat"}'),
    xmp('{http://ns.adobe.com/xap/1.0/}CreatorTool', 'Adobe Firefly, ComfyUI, Sora'),
  ];
  const readers = [aigcLabel, comfyUi, iptcAiFields, iptcSourceType, klingSei];
  expect(friends.flatMap((facts) => readers.flatMap((reader) => reader(facts)))).toEqual([]);
});
