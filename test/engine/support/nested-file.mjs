/**
 * Makes signed files with an ingredient whose signer's certificate has ended: `node nested-file.mjs FOLDER` writes
 * plain.mp4, stamped.mp4 (the ingredient has a time-stamp from when it was valid), root.pem and tsa-root.pem.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateAuthority } from '../../../scripts/fixtures/certificates.mjs';
import { signed } from '../../../scripts/fixtures/sign.mjs';

const STAMPS = { plain: undefined, stamped: new Date('2024-06-01T12:00:00Z') };
const CREATED = [{ action: 'c2pa.created', type: 'trainedAlgorithmicMedia' }];
const OPENED = [{ action: 'c2pa.opened', of: 'part.mp4' }];

const [out] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'assay-keys-'));
try {
  const { root, stampRoot, signer, expired } = certificateAuthority(folder);
  const clip = new Uint8Array(readFileSync('test/fixtures/media/unsigned.mp4'));
  for (const [name, stampTime] of Object.entries(STAMPS)) {
    const part = await signed(clip, 'part.mp4', CREATED, { ...expired, folder, stampTime });
    const ingredients = [{ title: 'part.mp4', relationship: 'parentOf', bytes: part }];
    const whole = await signed(clip, 'whole.mp4', OPENED, { ...signer, folder }, { ingredients });
    writeFileSync(join(out, `${name}.mp4`), whole);
  }
  writeFileSync(join(out, 'root.pem'), root);
  writeFileSync(join(out, 'tsa-root.pem'), stampRoot);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
