/** Texts of files and pages are cut where they are long: never within a sign of two units, which is no text any more. */
import { describe, expect, test } from 'vitest';
import { startOf } from '../../src/contract/start-of';
import { hostOf } from '../../src/engine/credentials/classify';
import { rawManifest } from '../../src/engine/credentials/raw-manifest';
import { aigcLabel } from '../../src/engine/disclosures/aigc-label';
import { comfyUi } from '../../src/engine/disclosures/comfyui';
import { iptcAiFields, iptcSourceType } from '../../src/engine/disclosures/source-type';
import { quote } from '../../src/page/sites/reader';
import { plainName } from '../../src/ui/report/json-file';

const EXT = '{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}';
const xmp = (name: string, value: string) => ({
  items: [],
  sei: [],
  xmp: [{ where: 'uuid', properties: new Map([[EXT + name, [value]]]) }],
});
const items = (key: string, value: unknown) => ({
  sei: [],
  xmp: [],
  items: [{ where: 'udta', key, value: JSON.stringify(value) }],
});
const graph = (name: string) => ({
  1: { class_type: 'SaveVideo', inputs: { of: ['2', 0] } },
  2: { class_type: `Sampler${name}`, inputs: {} },
});
const source = 'https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia?';

/** Each gives a text that is cut. */
const CUT: Record<string, (long: string) => string | undefined | Promise<string>> = {
  'what a site says': (long) => quote(long),
  'what a site says, in much white space': (long) => quote(`${' '.repeat(960)}${long}`),
  'a kind of source': (long) => iptcSourceType(xmp('DigitalSourceType', source + long))[0]?.value,
  'a model of AI': (long) => iptcAiFields(xmp('AISystemUsed', long))[0]?.value,
  'who made it': (long) => aigcLabel(items('AIGC', { Label: '1', ContentProducer: long }))[0]?.value,
  'a node of a graph': (long) => comfyUi(items('prompt', graph(long)))[0]?.value,
  'an address that is none': hostOf,
  'the name of a file': plainName,
  'a manifest store': async (long) => {
    const { json } = rawManifest({ store: {}, text: long + '𠀀'.repeat(200_000), parts: new Map() });
    return await json.text();
  },
};

describe.each(Object.entries(CUT))('%s', (_, cut) => {
  // One of the two has a sign across the cut, wherever that is.
  test.each(['', 'a'])('is text to its end (%j)', async (begin) => {
    const long = begin + '𠀀'.repeat(400);
    const text = (await cut(long)) ?? '';
    expect(text.length).toBeGreaterThan(30);
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain('\ufffd');
  });
});

test('what fits is not touched', () => {
  expect([startOf('a𠀀', 3), startOf('a𠀀', 2), startOf('ab', 9), startOf('', 0)]).toEqual(['a𠀀', 'a', 'ab', '']);
});
