/** XMP packets: names by namespace, and packets made to hurt. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXmp } from '../../src/engine/bytes/xmp';

const EXT = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const packet = (inner: string, attributes = ''): Uint8Array =>
  bytes(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${RDF}"><rdf:Description rdf:about="" ` +
      `xmlns:e="${EXT}" ${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`,
  );
const get = (xmp: Uint8Array, name = 'DigitalSourceType'): string[] | undefined =>
  parseXmp(xmp)?.get(`{${EXT}}${name}`);

describe('a property', () => {
  test.each([
    ['an attribute', packet('', 'e:DigitalSourceType="v"')],
    ['an element', packet('<e:DigitalSourceType>v</e:DigitalSourceType>')],
    ['a resource', packet('<e:DigitalSourceType rdf:resource="v"/>')],
    ['another prefix', packet(`<q:DigitalSourceType xmlns:q="${EXT}">v</q:DigitalSourceType>`)],
    ['a list', packet('<e:DigitalSourceType><rdf:Bag><rdf:li>v</rdf:li></rdf:Bag></e:DigitalSourceType>')],
    [
      'a resource in a list',
      packet('<e:DigitalSourceType><rdf:Seq><rdf:li rdf:resource="v"/></rdf:Seq></e:DigitalSourceType>'),
    ],
    ['a numbered character', packet('<e:DigitalSourceType>&#118;</e:DigitalSourceType>')],
    ['a numbered character in an attribute', packet('', 'e:DigitalSourceType="&#x76;"')],
    ['the default namespace', packet(`<DigitalSourceType xmlns="${EXT}">v</DigitalSourceType>`)],
  ])('as %s', (_, xmp) => {
    expect(get(xmp)).toEqual(['v']);
  });

  test.each(['Ingredients', 'Pantry', 'DerivedFrom', 'History'])('of what is in %s is about another file', (name) => {
    const of = `<m:${name} xmlns:m="http://ns.adobe.com/xap/1.0/mm/"><rdf:Bag><rdf:li e:DigitalSourceType="v">
      <e:DigitalSourceType>v</e:DigitalSourceType></rdf:li></rdf:Bag></m:${name}>`;
    expect(get(packet(of))).toBe(undefined);
    expect(get(packet(`${of}<e:DigitalSourceType>w</e:DigitalSourceType>`))).toEqual(['w']);
  });

  test('of another namespace under the usual prefix is not it', () => {
    expect(
      get(packet('<Iptc4xmpExt:DigitalSourceType xmlns:Iptc4xmpExt="urn:x">v</Iptc4xmpExt:DigitalSourceType>')),
    ).toBe(undefined);
  });

  test('a prefix that nobody declared is told from no prefix and from a namespace', () => {
    const found = parseXmp(bytes('<a><TC260:AIGC>v</TC260:AIGC><AIGC>w</AIGC></a>'));
    expect(found?.get('{TC260:}AIGC')).toEqual(['v']);
    expect(found?.get('{}AIGC')).toEqual(['w']);
  });

  test('escaped text is unescaped once', () => {
    expect(get(packet('<e:DigitalSourceType>&quot;a&quot; &amp;lt;</e:DigitalSourceType>'))).toEqual(['"a" &lt;']);
  });
});

describe('refused', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(20)}"><!ENTITY b "&a;&a;&a;&a;">]>`;
  test.each([
    ['entities', bytes(`${bomb}<x>&b;</x>`)],
    ['entities in UTF-16', Uint8Array.from(`${bomb}<x>&b;</x>`.split('').flatMap((c) => [c.charCodeAt(0), 0]))],
    ['no XML', bytes('\u0000\u0001 not xml <<<')],
  ])('%s', (_, xmp) => {
    expect([...(parseXmp(xmp)?.keys() ?? [])].filter((name) => name.includes('DigitalSourceType'))).toEqual([]);
  });
});

test('depth and number are bounded', () => {
  const deep = packet('<e:a>'.repeat(5_000) + '<e:DigitalSourceType>v</e:DigitalSourceType>' + '</e:a>'.repeat(5_000));
  expect(get(deep)).toBe(undefined);
  const many = packet('<e:DigitalSourceType>v</e:DigitalSourceType>'.repeat(10_000));
  const started = performance.now();
  expect(get(many)?.length).toBeLessThanOrEqual(50);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('hostile bytes never throw', () => {
  const tokens = fc.constantFrom(
    '<',
    '>',
    '/',
    'e:',
    'rdf:',
    '"',
    "'",
    '=',
    '&',
    ';',
    '<!--',
    '<![CDATA[',
    ']]>',
    'xmlns:e=',
    '__proto__',
    'a',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(tokens, { maxLength: 40 }).map((t) => packet(t.join(''))),
        fc.uint8Array(),
      ),
      (xmp) => {
        parseXmp(xmp);
      },
    ),
    { numRuns: 500 },
  );
});
