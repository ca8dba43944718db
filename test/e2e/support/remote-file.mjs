/**
 * Makes signed files whose manifests are kept elsewhere, since their addresses are part of what is signed:
 * `node remote-file.mjs FOLDER NAME=ADDRESS…` writes NAME.mp4 and NAME.c2pa.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateAuthority } from '../../../scripts/fixtures/certificates.mjs';
import { signed } from '../../../scripts/fixtures/sign.mjs';

const [out, ...wanted] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'assay-keys-'));
try {
  const { signer } = certificateAuthority(folder);
  const clip = new Uint8Array(readFileSync('test/fixtures/media/unsigned.mp4'));
  const actions = [{ action: 'c2pa.created', type: 'trainedAlgorithmicMedia' }];
  for (const pair of wanted) {
    const [name, remote] = pair.split(/=(.*)/s);
    const { asset, manifest } = await signed(clip, 'Kept elsewhere', actions, { ...signer, folder }, { remote });
    writeFileSync(join(out, `${name}.mp4`), asset);
    writeFileSync(join(out, `${name}.c2pa`), manifest);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
