/**
 * Makes edits of signed camera clips: `node history-files.mjs FOLDER` writes known.mp4 (parent by the same
 * authority), unexamined.mp4 (the editor has not looked at it), stranger.mp4 (parent by another one), changed.mp4 (parent whose media was altered before), ai.mp4 (an AI
 * parent by the other authority), root.pem and stranger.pem.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateAuthority } from '../../../scripts/fixtures/certificates.mjs';
import { signed } from '../../../scripts/fixtures/sign.mjs';

const created = (type) => [{ action: 'c2pa.created', type }];
const OPENED = [{ action: 'c2pa.opened', of: 'part.mp4' }];

const [out] = process.argv.slice(2);
const clip = new Uint8Array(readFileSync('test/fixtures/media/unsigned.mp4'));
const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'assay-keys-')));
try {
  const [known, stranger] = folders.map((folder) => ({ folder, ...certificateAuthority(folder) }));
  const by = ({ signer, folder }) => ({ ...signer, folder });
  const changed = (bytes) => bytes.with(-200, bytes.at(-200) ^ 0x55);
  const captured = (who) => signed(clip, 'part.mp4', created('digitalCapture'), by(who));
  const parents = {
    known: await captured(known),
    stranger: await captured(stranger),
    unexamined: await captured(known),
    changed: changed(await captured(known)),
    ai: await signed(clip, 'part.mp4', created('trainedAlgorithmicMedia'), by(stranger)),
  };
  for (const [name, bytes] of Object.entries(parents)) {
    const ingredients = [{ title: 'part.mp4', relationship: 'parentOf', bytes }];
    writeFileSync(
      join(out, `${name}.mp4`),
      await signed(clip, 'whole.mp4', OPENED, by(known), { ingredients, examined: name !== 'unexamined' }),
    );
  }
  writeFileSync(join(out, 'root.pem'), known.root);
  writeFileSync(join(out, 'stranger.pem'), stranger.root);
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
