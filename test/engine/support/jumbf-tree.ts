/** Manifest stores taken apart and put together again, as an attacker would. */
import { createHash } from 'node:crypto';
import { decode, encode } from 'cborg';
import { C2PA_UUID } from '../../../src/engine/bytes/layout';

/** A superbox with its description, or a box with its content. */
export interface Node {
  type: string;
  /** Of a superbox: its description box. */
  description?: Buffer;
  label?: string;
  children: Node[];
  content: Buffer;
}

export const box = (type: string, ...body: (Buffer | string)[]): Buffer => {
  const content = Buffer.concat(body.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};

interface Plain {
  type: string;
  start: number;
  bytes: Buffer;
}

function boxesOf(bytes: Buffer): Plain[] {
  const found: Plain[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return found;
}

export function parse(bytes: Buffer): Node {
  const type = bytes.toString('latin1', 4, 8);
  const content = bytes.subarray(8);
  if (type !== 'jumb') return { type, children: [], content };
  const [description, ...children] = boxesOf(content).map((of) => of.bytes);
  if (description === undefined) throw new Error('a superbox without a description');
  const label = description.toString('utf8', 25, description.indexOf(0, 25));
  return { type, description, label, children: children.map(parse), content };
}

export const build = ({ type, description, children, content }: Node): Buffer =>
  description === undefined ? box(type, content) : box(type, description, ...children.map(build));

export const copyOf = (node: Node): Node => parse(build(node));

export function childOf(node: Node, label: string): Node {
  const found = node.children.find((child) => child.label?.startsWith(label));
  if (found === undefined) throw new Error(`no ${label}`);
  return found;
}

/** Gives a superbox another type (16 bytes), and so another meaning to whoever looks at that. */
export function retype(node: Node, type: Buffer): Node {
  const description = Buffer.from(node.description ?? Buffer.alloc(0));
  type.copy(description, 8);
  return { ...node, description };
}

/** Changes what a superbox says in CBOR. */
export function edit(node: Node, change: (fields: Map<string, unknown>) => void): void {
  const [cbor] = node.children.filter(({ type }) => type === 'cbor');
  if (cbor === undefined) throw new Error('no CBOR');
  const fields = decode(cbor.content, { useMaps: true }) as Map<string, unknown>;
  change(fields);
  cbor.content = Buffer.from(encode(fields));
}

const isStore = ({ type, bytes }: Plain): boolean =>
  type === 'uuid' && bytes.subarray(8, 24).equals(Buffer.from(C2PA_UUID, 'hex'));

/** Bytes between the UUID and the store: version and flags, purpose, offset. */
const HEAD = Buffer.concat([Buffer.alloc(4), Buffer.from('manifest\0'), Buffer.alloc(8)]);

export function storeOf(file: Buffer): Node {
  const found = boxesOf(file).find(isStore);
  if (found === undefined) throw new Error('no store');
  return parse(found.bytes.subarray(24 + HEAD.length));
}

export const c2paBox = (store: Buffer): Buffer => box('uuid', Buffer.from(C2PA_UUID, 'hex'), HEAD, store);

/** The hash that a binding of this file would have (C2PA 2.2, 18.6.1). */
export function fileHash(file: Buffer): Buffer {
  const hash = createHash('sha256');
  for (const plain of boxesOf(file)) {
    if (['ftyp', 'mfra', 'free', 'skip'].includes(plain.type) || isStore(plain)) continue;
    const offset = Buffer.alloc(8);
    offset.writeBigUInt64BE(BigInt(plain.start));
    hash.update(offset).update(plain.bytes);
  }
  return hash.digest();
}
