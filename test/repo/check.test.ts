/** `npm run check` passes here, and catches what it is there to catch. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One bad file for each rule: where it lies, what is in it, which rule must speak. */
const PLANTED: [path: string, text: string, rule: string][] = [
  ['src/contract/up.ts', "export { x } from '../label/x';", 'no-restricted-imports'],
  ['src/contract/package.ts', "export { x } from 'mediabunny';", 'no-restricted-imports'],
  ['src/label/up.ts', "export { x } from '../engine/x';", 'no-restricted-imports'],
  ['src/platform/up.ts', "export { x } from '../ui/x';", 'no-restricted-imports'],
  ['src/page/up.ts', "export { x } from '../ui/x';", 'no-restricted-imports'],
  ['src/page/engine.ts', "export { x } from '../engine/x';", 'no-restricted-imports'],
  ['src/ui/up.ts', "export { x } from '../page/x';", 'no-restricted-imports'],
  ['src/ui/badge/label.ts', "export { x } from '../../label/x';", 'no-restricted-imports'],
  ['src/ui/entry.ts', "export { x } from '../entries/x';", 'no-restricted-imports'],
  ['src/engine/bytes/lane.ts', "export { x } from '../credentials/x';", 'no-restricted-imports'],
  ['src/engine/credentials/lane.ts', "export { x } from '../estimate/x';", 'no-restricted-imports'],
  ['src/engine/disclosures/lane.ts', "export { x } from '../credentials/x';", 'no-restricted-imports'],
  ['src/engine/estimate/label.ts', "export { x } from '../../label/x';", 'no-restricted-imports'],
  ['src/engine/marks/lane.ts', "export { x } from '../estimate/x';", 'no-restricted-imports'],
  ['src/engine/page.ts', "export { x } from '../page/x';", 'no-restricted-imports'],
  ['src/cli/engine.ts', "export { x } from '../engine/x';", 'no-restricted-imports'],
  ['src/cli/drive/label.ts', "export { x } from '../../label/x';", 'no-restricted-imports'],
  ['src/page/console.ts', "console.log('x');", 'no-console'],
  ['src/page/cycle-a.ts', "import { b } from './cycle-b';\nexport const a = (): unknown => b;", 'no-cycle'],
  ['src/page/cycle-b.ts', "import { a } from './cycle-a';\nexport const b = (): unknown => a;", 'no-cycle'],
  ['src/page/floating.ts', 'const f = async (): Promise<void> => undefined;\nf();', 'no-floating-promises'],
  [
    'src/page/switch.ts',
    "export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n      break;\n  }\n}",
    'switch-exhaustiveness-check',
  ],
];

interface Diagnostic {
  code: string;
  filename: string;
}
const oxlint = resolve('node_modules/.bin/oxlint');

describe('lint', () => {
  let folder: string;
  let found: Diagnostic[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-planted-'));
    copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
    copyFileSync('tsconfig.json', join(folder, 'tsconfig.json'));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of PLANTED) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    const { stdout } = spawnSync(oxlint, ['--type-aware', '--format', 'json', 'src'], {
      cwd: folder,
      encoding: 'utf8',
    });
    found = (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(PLANTED)('catches what is planted in %s', (path, _text, rule) => {
    expect(
      found
        .filter(({ filename }) => filename.endsWith(path))
        .map(({ code }) => code)
        .join(),
    ).toContain(rule);
  });
});

it('passes on this repository', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check.mjs'], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
}, 180_000);
