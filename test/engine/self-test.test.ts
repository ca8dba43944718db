/** The bundled sample: a verifier that trusts strangers, or nobody, must not start. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyCredentials } from '../../src/contract/lanes';
import type { CredentialsReader } from '../../src/engine/credentials/reader';
import { selfTest } from '../../src/engine/credentials/self-test';
import { readerInNode } from './support/node-engine';

const sample = new Blob([readFileSync('public/selftest/sample.mp4')]);
const signers = readFileSync('public/selftest/root.pem', 'utf8');
const withRoot = readerInNode({ signers, timeStamps: '' });
const shipped = readerInNode();
const always = (state: 'trusted' | 'none'): CredentialsReader => ({
  claim: () => Promise.resolve(null),
  matched: () => Promise.resolve(emptyCredentials(state)),
  judge: () => Promise.resolve(emptyCredentials(state)),
});

test('the verifier as it ships passes', async () => {
  expect(await selfTest(sample, withRoot, shipped)).toBeNull();
});

test.each([
  ['strangers are trusted', withRoot, always('trusted')],
  ['strangers are trusted as the user’s own', withRoot, withRoot],
  ['nothing is found', always('none'), always('none')],
  ['nobody is trusted', shipped, shipped],
])('%s: refused', async (_, trusting, reader) => {
  expect(await selfTest(sample, trusting, reader)).toMatch(/^sample/);
});
