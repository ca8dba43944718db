/**
 * What the bench reads: H.264 files of about 1, 20, 115 and 200 MB, each plain and signed with a key that is
 * thrown away at once, and short clips. Made once, into .cache/bench/media.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateAuthority } from '../../scripts/fixtures/certificates.mjs';
import { run } from '../../scripts/fixtures/run.mjs';

const SCENE = 'mandelbrot=s=640x360:r=24:start_scale=0.6:end_scale=0.05:end_pts=110:maxiter=300,noise=alls=12:allf=t';
const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-preset', 'veryfast', '-g', '48'];
const FRONT = ['-map_metadata', '-1', '-movflags', '+faststart'];
const AI = [{ action: 'c2pa.created', type: 'trainedAlgorithmicMedia' }];
const CLIPS = 30;
const CLIP_S = 5;
const SIDES = [360, 1080];
/** Further encoded clips; the others are copies of these with another start. */
const SIZES = [
  ['1mb', 4, 2_000, 0],
  ['20mb', 8, 10_000, 1],
  ['115mb', 8, 10_000, 10],
  ['200mb', 8, 10_000, 18],
];

const rate = (kilobits) => ['-b:v', `${kilobits}k`, '-maxrate', `${kilobits}k`, '-bufsize', `${kilobits}k`];

function encode(out, seconds, kilobits, scene = SCENE) {
  run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', scene, '-t', String(seconds)],
    ...[...H264, ...rate(kilobits), ...FRONT, out],
  ]);
}

/** Files of all sizes: one clip, repeated without a new encoding. */
async function makeSizes(folder, sign) {
  for (const [name, seconds, kilobits, loops] of SIZES) {
    const once = join(folder, `once-${name}.mp4`);
    const plain = join(folder, `${name}-plain.mp4`);
    encode(once, seconds, kilobits);
    run('ffmpeg', ['-v', 'error', '-y', '-stream_loop', String(loops), '-i', once, '-c', 'copy', ...FRONT, plain]);
    rmSync(once);
    const bytes = new Uint8Array(readFileSync(plain));
    writeFileSync(join(folder, `${name}-signed.mp4`), await sign(bytes, `${name}.mp4`));
  }
}

/** Clips of 5 s, each other bytes. */
function makeClips(folder) {
  mkdirSync(join(folder, 'clips'));
  for (let i = 0; i < CLIPS; i++) {
    const from = (0.3 + i * 0.02).toFixed(2);
    const scene = SCENE.replace('start_scale=0.6', `start_scale=${from}`);
    encode(join(folder, `clips/clip-${String(i).padStart(2, '0')}.mp4`), CLIP_S, 1_500, scene);
  }
}

/** Eight frames at 4 per second, RGBA, as a page takes them. */
function makeFrames(folder) {
  for (const side of SIDES) {
    const filter = `scale=-2:${side}:flags=bicubic,crop=${side}:${side},fps=4`;
    const raw = ['-frames:v', '8', '-f', 'rawvideo', '-pix_fmt', 'rgba', join(folder, `frames-${side}.raw`)];
    run('ffmpeg', ['-v', 'error', '-y', '-i', join(folder, '1mb-plain.mp4'), '-vf', filter, ...raw]);
  }
}

/** @param {string} folder where the media are kept; made anew when it isn't complete */
export async function ensureMedia(folder) {
  const done = join(folder, 'done');
  const made = JSON.stringify(SIZES);
  if (existsSync(done) && readFileSync(done, 'utf8') === made) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Loaded here, since packages may not be installed before.
  const { signed } = await import('../../scripts/fixtures/sign.mjs');
  const keys = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const { signer } = certificateAuthority(keys);
    await makeSizes(folder, (bytes, title) => signed(bytes, title, AI, { ...signer, folder: keys }));
  } finally {
    rmSync(keys, { recursive: true, force: true });
  }
  makeClips(folder);
  makeFrames(folder);
  copyFileSync('test/fixtures/media/unsigned.mp4', join(folder, 'idle.mp4'));
  writeFileSync(done, made);
}
