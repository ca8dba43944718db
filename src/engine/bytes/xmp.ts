/** XMP packets (ISO 16684-1) as a tree, with namespaces resolved. Entities and DTDs are refused. */
import { XMLParser } from 'fast-xml-parser';
import { text } from './bytes';

/** Properties by `{namespace}name`; attributes, element texts and rdf:resource alike. */
export type XmpProperties = Map<string, string[]>;

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XMP_MM = 'http://ns.adobe.com/xap/1.0/mm/';
/** What stands in these is about other files: what this one was made from. */
const OF_OTHERS = ['Ingredients', 'Pantry', 'DerivedFrom', 'ManagedFrom', 'History'].map(
  (name) => `{${XMP_MM}}${name}`,
);
/** Values in a list are those of the property that the list belongs to. */
const IN_LISTS = ['Bag', 'Seq', 'Alt', 'li'].map((name) => `{${RDF}}${name}`);
const MAX_DEPTH = 32;
/** Namespaces in scope; copying thousands of them for each of thousands of elements takes minutes. */
const MAX_NAMESPACES = 64;
/** Namespaces stand in the name of every property: a long one and thousands of properties fill the memory. */
const MAX_NAMESPACE = 256;
/** Values of one property that are kept. */
const MAX_VALUES = 50;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  preserveOrder: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: true, // numeric ones, too
  trimValues: true,
});

type Node = Record<string, unknown>;

function resolve(name: string, scope: ReadonlyMap<string, string>): string {
  const [prefix, local] = name.includes(':') ? (name.split(':', 2) as [string, string]) : ['', name];
  // A prefix that nobody declared stands for itself: no namespace ends with a colon and nothing more.
  return `{${scope.get(prefix) ?? (prefix === '' ? '' : `${prefix}:`)}}${local}`;
}

function textOf(children: Node[]): string | null {
  const parts = children.flatMap((c) => (typeof c['#text'] === 'string' ? [c['#text']] : []));
  return parts.length === 0 ? null : parts.join('');
}

/** Namespaces in scope: the outer ones and those that these attributes declare, as far as there is room. */
function scopeOf(attributes: [string, unknown][], outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const declared = attributes.filter(([key]) => key === '@xmlns' || key.startsWith('@xmlns:'));
  if (declared.length === 0) return outer;
  const scope = new Map(outer);
  for (const [key, value] of declared) {
    const prefix = key.slice('@xmlns:'.length);
    const name = String(value);
    if (scope.has(prefix) || scope.size < MAX_NAMESPACES) scope.set(prefix, name.length > MAX_NAMESPACE ? '' : name);
  }
  return scope;
}

/** Walks elements; names are resolved by the declarations in scope. */
function visit(
  nodes: Node[],
  scope: ReadonlyMap<string, string>,
  path: readonly string[],
  put: (name: string, value: string) => void,
): void {
  if (path.length > MAX_DEPTH) return;
  for (const node of nodes) {
    const attributes = Object.entries((node[':@'] ?? {}) as Record<string, unknown>);
    const inner = scopeOf(attributes, scope);
    for (const [tag, children] of Object.entries(node)) {
      if (tag === ':@' || tag === '#text' || !Array.isArray(children)) continue;
      const tagName = resolve(tag, inner);
      if (OF_OTHERS.includes(tagName)) continue;
      const name = IN_LISTS.includes(tagName) ? (path.at(-1) ?? tagName) : tagName;
      const own = textOf(children as Node[]);
      if (own !== null) put(name, own);
      for (const [key, value] of attributes) {
        const attribute = resolve(key.slice(1), inner);
        if (attribute === `{${RDF}}resource`) put(name, String(value));
        else put(attribute, String(value));
      }
      visit(children as Node[], inner, [...path, name], put);
    }
  }
}

/**
 * Properties of a packet.
 * @returns null for what is no XML, and for packets with a DTD
 */
export function parseXmp(packet: Uint8Array): XmpProperties | null {
  const xml = text(packet).replaceAll('\0', '').trim();
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return null;
  const properties: XmpProperties = new Map();
  try {
    visit(parser.parse(xml) as Node[], new Map(), [], (name, value) => {
      const values = properties.get(name);
      if (values === undefined) properties.set(name, [value]);
      else if (values.length < MAX_VALUES) values.push(value);
    });
  } catch {
    return null;
  }
  return properties;
}
