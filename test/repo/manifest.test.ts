/** What the extension may do is what the README says it may do. */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { read, readJson } from './files';

interface Manifest {
  permissions: string[];
  optional_permissions?: string[];
  host_permissions: string[];
  web_accessible_resources?: unknown;
  content_security_policy: { extension_pages: string };
}
const manifest = readJson<Manifest>('manifest.json');

it.skipIf(!existsSync('README.md'))('documents every permission', () => {
  const readme = read('README.md');
  const asked = [...manifest.permissions, ...(manifest.optional_permissions ?? [])];
  expect(asked.filter((permission) => !readme.includes(`| \`${permission}\``))).toEqual([]);
  expect(manifest.host_permissions).toEqual(['<all_urls>']);
  expect(readme).toMatch(/\| access to all sites +\|/);
});

it('shows no file of its own to pages', () => {
  expect(manifest.web_accessible_resources).toBeUndefined();
});

it('runs no scripts but its own', () => {
  const script = /script-src ([^;]*)/.exec(manifest.content_security_policy.extension_pages)?.[1];
  expect(script?.trim().split(' ').sort()).toEqual(["'self'", "'wasm-unsafe-eval'"]);
});
