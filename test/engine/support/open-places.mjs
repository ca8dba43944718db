/**
 * Makes signed files whose hash leaves out where their media is, as earlier signers did: `node open-places.mjs FOLDER`
 * writes v1.mp4 and v2.mp4 by the version of the hash, v1-fragmented.mp4, and root.pem.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateAuthority } from '../../../scripts/fixtures/certificates.mjs';
import { signed } from '../../../scripts/fixtures/sign.mjs';

const UUID = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
const [V1, V2] = ['c2pa.hash.bmff', 'c2pa.hash.bmff.v2'];
const PLACES = '/moov/trak/mdia/minf/stbl/stco';
const OPEN = 16;
const EXCLUSIONS = [
  { xpath: '/uuid', data: [{ offset: 8, value: [...UUID] }] },
  { xpath: '/ftyp' },
  { xpath: PLACES, subset: [{ offset: OPEN, length: 0 }] },
];

function boxesIn(bytes, from, to) {
  const boxes = [];
  for (let at = from; at < to; at += bytes.readUInt32BE(at)) {
    boxes.push({ at, type: bytes.toString('latin1', at + 4, at + 8), end: at + bytes.readUInt32BE(at) });
  }
  return boxes;
}

function boxesAt(bytes, path, from = 0, to = bytes.length) {
  const [type, ...rest] = path;
  const found = boxesIn(bytes, from, to).filter((box) => box.type === type);
  return rest.length === 0 ? found : found.flatMap(({ at, end }) => boxesAt(bytes, rest, at + 8, end));
}

/** SHA-256 over all that is not excluded, from version 2 on the offset of each box in front of it (C2PA 2.2, 18.6.1). */
function hashOf(bytes, label) {
  const hash = createHash('sha256');
  const gaps = boxesAt(bytes, PLACES.split('/').slice(1));
  for (const { at, type, end } of boxesIn(bytes, 0, bytes.length)) {
    if (['uuid', 'ftyp'].includes(type)) continue;
    const offset = Buffer.alloc(8);
    offset.writeBigUInt64BE(BigInt(at));
    if (label !== V1) hash.update(offset);
    let from = at;
    for (const gap of gaps.filter((box) => box.at > at && box.end <= end)) {
      hash.update(bytes.subarray(from, gap.at + OPEN));
      from = gap.end;
    }
    hash.update(bytes.subarray(from, end));
  }
  return [...hash.digest()];
}

const [out] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'assay-keys-'));
try {
  const { root, signer } = certificateAuthority(folder);
  const make = async (name, label, clip) => {
    const bytes = new Uint8Array(readFileSync(`test/fixtures/media/${clip}`));
    const sign = async (hash) => {
      const binding = { label, data: { exclusions: EXCLUSIONS, alg: 'sha256', hash } };
      const actions = [{ action: 'c2pa.created', type: 'digitalCapture' }];
      const parts = { assertions: [binding], ...(label === V1 && { claimVersion: 1 }) };
      return Buffer.from(await signed(bytes, 'clip', actions, { ...signer, folder }, parts));
    };
    const hash = hashOf(await sign(Array(32).fill(0)), label);
    writeFileSync(join(out, name), await sign(hash));
  };
  await make('v1.mp4', V1, 'unsigned.mp4');
  await make('v2.mp4', V2, 'unsigned.mp4');
  await make('v1-fragmented.mp4', V1, 'fragmented.mp4');
  writeFileSync(join(out, 'root.pem'), root);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
