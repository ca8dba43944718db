/**
 * Makes a signed init segment whose hashes are Merkle maps, and its one fragment: `node merkle-file.mjs FOLDER` writes
 * whole.mp4 (all hashes are there), open.mp4 (the map doesn't bind the init segment), fragment.m4s and root.pem.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'cborg';
import { certificateAuthority } from '../../../scripts/fixtures/certificates.mjs';
import { signed } from '../../../scripts/fixtures/sign.mjs';

const UUID = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
const EXCLUSIONS = [
  { xpath: '/uuid', data: [{ offset: 8, value: [...UUID] }] },
  { xpath: '/ftyp' },
  { xpath: '/mfra' },
];
const ZERO = Array(32).fill(0);

function boxesOf(bytes) {
  const boxes = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    boxes.push({ at, type: bytes.toString('latin1', at + 4, at + 8), end: at + bytes.readUInt32BE(at) });
  }
  return boxes;
}

/** SHA-256 over all boxes that are not excluded, the offset of each in front of it (C2PA 2.2, 18.6.1). */
function hashOf(bytes) {
  const hash = createHash('sha256');
  for (const { at, type, end } of boxesOf(bytes)) {
    if (['uuid', 'ftyp', 'mfra'].includes(type)) continue;
    const offset = Buffer.alloc(8);
    offset.writeBigUInt64BE(BigInt(at));
    hash.update(offset).update(bytes.subarray(at, end));
  }
  return [...hash.digest()];
}

/** The box that says which leaf of which map a fragment is. */
function merkleBox() {
  const body = Buffer.concat([Buffer.from('\0\0\0\0merkle\0'), encode({ uniqueId: 1, localId: 1, location: 0 })]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + UUID.length + body.length);
  head.write('uuid', 4, 'latin1');
  return Buffer.concat([head, UUID, body]);
}

const [out] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'assay-keys-'));
try {
  const { root, signer } = certificateAuthority(folder);
  const media = join('test/fixtures/media/stream');
  const init = new Uint8Array(readFileSync(join(media, 'init.mp4')));
  const fragment = Buffer.concat([merkleBox(), readFileSync(join(media, 'seg-1.m4s'))]);
  const sign = async (map) => {
    const merkle = [{ uniqueId: 1, localId: 1, count: 1, alg: 'sha256', ...map, hashes: [hashOf(fragment)] }];
    const hash = { label: 'c2pa.hash.bmff.v3', data: { exclusions: EXCLUSIONS, alg: 'sha256', merkle } };
    const actions = [{ action: 'c2pa.created', type: 'trainedAlgorithmicMedia' }];
    return Buffer.from(await signed(init, 'stream', actions, { ...signer, folder }, { assertions: [hash] }));
  };
  // The hash depends on where the boxes lie, and that on how long the manifest is, not on what the hash says.
  const initHash = hashOf(await sign({ initHash: ZERO }));
  writeFileSync(join(out, 'whole.mp4'), await sign({ initHash }));
  writeFileSync(join(out, 'open.mp4'), await sign({}));
  writeFileSync(join(out, 'fragment.m4s'), fragment);
  writeFileSync(join(out, 'root.pem'), root);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
