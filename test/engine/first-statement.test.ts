/** What a signed file claims is told after its manifest, long before its end. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { httpSource } from '../../src/engine/bytes/http-source';
import { layoutOf } from '../../src/engine/bytes/layout';
import { readCredentials } from '../../src/engine/credentials/read';
import { serve } from './http-source-server';
import { never, readerInNode } from './support/node-engine';

const SHARED = '../shared/fixtures/c2pa';
const KB = 1024;
const C2PA_UUID = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

const filesIn = (folder: string): string[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter((file) => /\.(mp4|mov|m4v)$/.test(file))
        .map((file) => join(folder, file))
        .filter((path) => readFileSync(path).includes(C2PA_UUID));

/** Their manifests can't be read: nothing is claimed. */
const BROKEN =
  /hand-(assertion-undeclared|claim-missing|ingredient-cycle|no-hard-binding|signature-missing)|purpose-retagged|tampered-(box-header|jumbf-header|jumbf-size)|truncated-in-manifest/;

interface Statement {
  /** Bytes that were read by then; null without a statement. */
  read: number | null;
  /** Where the box of the manifest ends. */
  manifestEnd: number;
}

async function firstStatement(path: string): Promise<Statement> {
  const server = await serve(readFileSync(path));
  try {
    const source = httpSource(server.url('right'), { credentials: 'omit' });
    let read: number | null = null;
    await readCredentials(source, () => Promise.resolve(readerInNode()), {
      limitBytes: 256_000_000,
      signal: never,
      onStatement: () => {
        read ??= source.bytesRead();
      },
      onProgress: () => undefined,
      onVerify: () => undefined,
    });
    const { c2pa } = await layoutOf(source, never);
    return { read, manifestEnd: c2pa[0]?.end ?? 0 };
  } finally {
    await server.close();
  }
}

if (!existsSync(SHARED)) console.warn(`SKIPPED: ${SHARED} is not there; only the project's own files were read.`);

describe('bytes read by the first statement', () => {
  const files = ['test/fixtures/media', `${SHARED}/made`, `${SHARED}/real`].flatMap(filesIn);
  test.each(files)('%s', async (path) => {
    const { read, manifestEnd } = await firstStatement(path);
    if (BROKEN.test(path)) {
      expect(read).toBeNull();
      return;
    }
    expect(read).toBeLessThanOrEqual(/sora|veo|firefly/.test(path) ? 64 * KB : manifestEnd + 16 * KB);
  });
});
