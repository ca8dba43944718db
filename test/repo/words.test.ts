/** What no file of the repository may hold. */
import { expect, it } from 'vitest';
import { read, readJson, trackedFiles } from './files';

const TEXT = /\.(ts|mjs|js|json|md|html|css|py|toml|sh|txt|svg|yml)$|^\.[\w./]+$/;
/** Written in pieces, so that this file doesn't hold them. */
const FORBIDDEN: [what: string, pattern: RegExp][] = [
  ['work left for later', new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X'.repeat(3)].join('|')})\\b`)],
  ['a path of one machine', new RegExp(`(^|[\\s"'(\`])/(wo${'rk'}|ro${'ot'}|home/\\w+)/`, 'm')],
  ['the address of a package registry', new RegExp(`(registry\\.npm${'js'}|${'py' + 'pi'}\\.org|python${'hosted'})`)],
  ['a private key', new RegExp(`BEGIN ([A-Z]+ )?PRIVATE ${'KEY'}`)],
];

const files = trackedFiles().filter((path) => TEXT.test(path) && path !== 'package-lock.json');

it.each(FORBIDDEN)('holds no %s', (_what, pattern) => {
  expect(files.filter((path) => pattern.test(read(path)))).toEqual([]);
});

it('has a lock file without download addresses', () => {
  const { packages } = readJson<{ packages: Record<string, { resolved?: string }> }>('package-lock.json');
  expect(Object.keys(packages).length).toBeGreaterThan(50);
  expect(Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});

it('depends on exact versions', () => {
  interface Package {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  }
  const { dependencies, devDependencies } = readJson<Package>('package.json');
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
