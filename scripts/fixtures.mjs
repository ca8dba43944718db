/**
 * `npm run fixtures`: makes test/fixtures/media, and cases.json, test-root.pem and tsa-root.pem beside it.
 * Needs ffmpeg and openssl. Each run makes new keys, and deletes them, so
 * signed files get new hashes; what reading them gives stays the same.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import prettier from 'prettier';
import { segments } from './fixtures/boxes.mjs';
import { CASES } from './fixtures/cases.mjs';
import { certificateAuthority } from './fixtures/certificates.mjs';
import { makeClip, stillOf } from './fixtures/clips.mjs';
import { signed } from './fixtures/sign.mjs';
import { readArguments } from './setup/arguments.mjs';

const FIXTURES = 'test/fixtures';
const MEDIA = join(FIXTURES, 'media');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function put(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** Makes all files, in the order of the table: later ones are made out of earlier ones. */
async function makeFiles(folder) {
  const { root, stampRoot, signer, expired, stranger } = certificateAuthority(folder);
  const files = new Map();
  const signing = (by) => async (bytes, title, actions, stampTime, parts) =>
    await signed(bytes, title, actions, { ...by, folder, stampTime }, parts);
  const tools = {
    clip: (clip) => makeClip(folder, clip),
    sign: signing(signer),
    signExpired: signing(expired),
    signStranger: signing(stranger),
    still: (bytes) => stillOf(folder, bytes),
    made: (id) => files.get(id),
  };
  for (const { id, make } of CASES) files.set(id, new Uint8Array(await make(tools)));
  return { root, stampRoot, files };
}

/** The fragmented clip as a page feeds it to a player, piece by piece. */
function writeStream(bytes) {
  const { init, media, codecs } = segments(bytes);
  put(join(MEDIA, 'stream/init.mp4'), init);
  media.forEach((segment, i) => {
    put(join(MEDIA, `stream/seg-${i + 1}.m4s`), segment);
  });
  return {
    init: 'stream/init.mp4',
    segments: media.map((_, i) => `stream/seg-${i + 1}.m4s`),
    codecs,
    mime: `video/mp4; codecs="${codecs}"`,
    what: 'fragmented.mp4 as segments, for a page that feeds them to a MediaSource',
  };
}

readArguments();
const folder = mkdtempSync(join(tmpdir(), 'assay-fixtures-'));
try {
  const { root, stampRoot, files } = await makeFiles(folder);
  rmSync(MEDIA, { recursive: true, force: true });
  const cases = CASES.map(({ id, file, ...rest }) => {
    const bytes = files.get(id);
    put(join(MEDIA, file), bytes);
    return { id, file, sha256: sha256(bytes), bytes: bytes.length, origin: 'made', licence: 'MIT', ...rest };
  });
  // `make`, being a function, is left out by JSON.
  const table = JSON.stringify({ cases, stream: writeStream(files.get('fragmented')) });
  put(join(FIXTURES, 'cases.json'), await prettier.format(table, { parser: 'json', printWidth: 120 }));
  put(join(FIXTURES, 'test-root.pem'), root);
  put(join(FIXTURES, 'tsa-root.pem'), stampRoot);
  process.stdout.write(`${cases.length} files in ${MEDIA}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
