/** C4: real files of known signers reach their list in the built extension, as in Node. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Label } from '../../src/contract/label';
import { labelsInNode, readerInNode } from '../engine/support/node-engine';
import { BROWSERS } from './support/launch';
import type { Assay } from './support/launch';
import type { TestServer } from './support/server';
import { onStage } from './support/stage';

const FOLDER = '../shared/fixtures/c2pa';
const present = existsSync(`${FOLDER}/manifest.jsonl`);
if (!present) console.warn(`SKIPPED: ${FOLDER} is not there; real signed files were not tested in the browsers.`);

const rows = present
  ? readFileSync(`${FOLDER}/manifest.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; expected_state?: string })
      .filter((row) => row.expected_state !== undefined)
  : [];

describe.runIf(present).each(BROWSERS)('%s', (name) => {
  let assay: Assay;
  let web: TestServer;
  onStage(name, async (stage) => {
    ({ assay, web } = stage);
    await assay.setSettings({ estimate: false });
  });

  test('every file of the shared table gives what it gives in Node', async () => {
    const differing: unknown[] = [];
    for (const { path } of rows) {
      const { credentials, disclosures } = await labelsInNode(`${FOLDER}/${path}`, readerInNode());
      const label = (await assay.labelUrl(web.media(resolve(FOLDER, path)))) as Label;
      const { state, reason, says, issuer, list, codes } = label.credentials;
      const here = { path, state, reason, says, issuer, list, codes, disclosures: label.disclosures };
      const { state: s, reason: r, says: w, issuer: i, list: l, codes: c } = credentials;
      const there = { path, state: s, reason: r, says: w, issuer: i, list: l, codes: c, disclosures };
      if (JSON.stringify(here) !== JSON.stringify(there)) differing.push({ here, there });
    }
    expect(differing).toEqual([]);
  });
});
