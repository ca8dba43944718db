/**
 * Makes signed files that are laid out in unusual ways: `node odd-files.mjs FOLDER` writes them, root.pem (of their
 * signers), and two roots of time-stamp services, stamps.pem and other-stamps.pem.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topBoxes, withUuidBox } from '../../../scripts/fixtures/boxes.mjs';
import { certificateAuthority } from '../../../scripts/fixtures/certificates.mjs';
import { signed } from '../../../scripts/fixtures/sign.mjs';

const C2PA = 'd8fec3d61b0e483c92975828877ec481';
const CREATED = [{ action: 'c2pa.created', type: 'trainedAlgorithmicMedia' }];
const WHEN = new Date('2024-06-01T12:00:00Z');
/** Steps of a long history, and the bytes of the picture that each brings. */
const STEPS = 4;
const PICTURE = Buffer.alloc(2_600_000, 7);
/** Type, UUID, version and flags, purpose `manifest`, offset: what stands in front of a manifest store. */
const STORE_AT = 8 + 16 + 4 + 9 + 8;

const read = (name) => new Uint8Array(readFileSync(join('test/fixtures/media', name)));
const boxOf = (bytes) => topBoxes(bytes).find(({ type }) => type === 'uuid');
const storeOf = (bytes) => {
  const { start, end } = boxOf(bytes);
  return bytes.subarray(start + STORE_AT, end);
};
const named = (purpose, store) => Buffer.concat([Buffer.from(`\0\0\0\0${purpose}\0`), Buffer.alloc(8), store]);
/** The box for the manifest is where it was, but called `free`. */
function freed(bytes) {
  const out = Buffer.from(bytes);
  out.write('free', boxOf(bytes).start + 4, 'latin1');
  return out;
}
/** The manifest stands at the end; all else stays where it was. */
const behind = (bytes) => withUuidBox(freed(bytes), C2PA, named('manifest', storeOf(bytes)));
/** Another purpose for the box: as long as the old name with its padding, so that nothing moves. */
function updated(original, update) {
  const { start, end } = boxOf(original);
  const renamed = withUuidBox(original.subarray(0, start), C2PA, named('original', storeOf(original)));
  if (renamed.length !== end) throw new Error('the media has moved');
  return withUuidBox(Buffer.concat([renamed, original.subarray(end)]), C2PA, named('update', storeOf(update)));
}

const [out] = process.argv.slice(2);
const write = (name, bytes) => writeFileSync(join(out, name), bytes);
const [folder, elsewhere] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'assay-keys-')));
try {
  mkdirSync(out, { recursive: true });
  const { root, stampRoot, signer, expired } = certificateAuthority(folder);
  const { stampRoot: otherStampRoot } = certificateAuthority(elsewhere);
  const clip = read('unsigned.mp4');
  const sign = (bytes, by, parts) => signed(bytes, 'odd', CREATED, { ...by, folder: by.folder ?? folder }, parts);

  const plain = await sign(clip, signer);
  write('plain.mp4', plain);
  write('behind.mp4', behind(plain));
  write('behind-fragments.mp4', behind(await sign(read('fragmented.mp4'), signer)));

  // The signer's certificate has ended: all hangs on whose time-stamp it is.
  const other = { ...expired, stampTime: WHEN, folder: elsewhere };
  const stamped = await sign(clip, { ...expired, stampTime: WHEN });
  write('stamped.mp4', stamped);
  write('updated.mp4', updated(stamped, await sign(clip, other)));
  write('other-stamped.mp4', await sign(read('short.mp4'), other));

  let whole = clip;
  for (let step = 0; step < STEPS; step++) {
    const ingredients = step === 0 ? [] : [{ title: `step ${step}`, relationship: 'parentOf', bytes: whole }];
    const actions = step === 0 ? CREATED : [{ action: 'c2pa.opened', of: `step ${step}` }];
    whole = await signed(clip, 'long', actions, { ...signer, folder }, { thumbnail: PICTURE, ingredients });
  }
  write('long-history.mp4', whole);

  write('root.pem', root);
  write('stamps.pem', stampRoot);
  write('other-stamps.pem', otherStampRoot);
} finally {
  for (const keys of [folder, elsewhere]) rmSync(keys, { recursive: true, force: true });
}
