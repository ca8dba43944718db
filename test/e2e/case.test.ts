/** Rows that `npm run case` drafts are the rows of the table, as far as a file can tell. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Row = Record<string, unknown>;
const table = JSON.parse(readFileSync('test/fixtures/cases.json', 'utf8')) as { cases: Row[] };

function draft(...files: string[]): Promise<{ code: number | null; rows: Row[]; err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['scripts/case.mjs', ...files], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.once('close', (code) => {
      const rows = out.split(/(?<=^\})\n/m).filter((text) => text !== '');
      done({ code, err, rows: rows.map((text) => JSON.parse(text) as Row) });
    });
  });
}

test('a draft says what the table says', async () => {
  const ids = ['ai-signed', 'tampered', 'truncated', 'kling-sei', 'flv-aigc', 'remote', 'black', 'zero-bytes'];
  const wanted = ids.map((id) => table.cases.find((row) => row['id'] === id) ?? {});
  const { code, rows } = await draft(...wanted.map((row) => `test/fixtures/media/${String(row['file'])}`));
  const told = ['id', 'file', 'sha256', 'bytes', 'expected', 'estimate', 'plays'];
  const part = (row: Row): Row => Object.fromEntries(told.map((key) => [key, row[key]]));
  expect(rows.map(part)).toEqual(wanted.map(part));
  for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(table.cases[0] ?? {}));
  expect(code).toBe(0);
});

test('without a file, or with one that is not there, it says so', async () => {
  expect(await draft()).toMatchObject({ code: 2, rows: [], err: expect.stringContaining('FILE') as string });
  const missing = await draft('test/fixtures/media/none-of-this-name.mp4');
  expect(missing).toMatchObject({ code: 2, rows: [], err: expect.stringContaining('does not exist') as string });
});
