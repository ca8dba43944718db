import { expect, test } from 'vitest';
import { droppedFiles } from '../../src/ui/label-files/dropped';

const file = (name: string): File => new File(['x'], name);

const entryOf = (name: string): FileSystemEntry =>
  ({
    isFile: true,
    isDirectory: false,
    file: (found: (f: File) => void, failed: () => void) => {
      if (name === 'gone') failed();
      else found(file(name));
    },
  }) as unknown as FileSystemEntry;

/** Gives what it holds in pieces of 100 at most, as browsers do. */
const folderOf = (...inside: FileSystemEntry[]): FileSystemEntry =>
  ({
    isFile: false,
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (found: (some: FileSystemEntry[]) => void) => {
          found(inside.slice(at, (at += 100)));
        },
      };
    },
  }) as unknown as FileSystemEntry;
const closed = {
  isFile: false,
  isDirectory: true,
  createReader: () => ({
    readEntries: (_: unknown, failed: () => void) => {
      failed();
    },
  }),
} as unknown as FileSystemEntry;

const item = (entry: FileSystemEntry | null, alone: File | null = null) => ({
  webkitGetAsEntry: () => entry,
  getAsFile: () => alone,
});

async function names(...items: ReturnType<typeof item>[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of droppedFiles(items)) found.push(name);
  return found;
}

test('files, folders in folders, and what comes from no file system', async () => {
  const folder = folderOf(entryOf('b'), folderOf(folderOf(), entryOf('c')), entryOf('d'));
  expect(await names(item(entryOf('a')), item(folder), item(null, file('e')))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a large folder is read to its end', async () => {
  const all = Array.from({ length: 250 }, (_, i) => `f${i}`);
  expect(await names(item(folderOf(...all.map(entryOf))))).toEqual(all);
});

test('what can’t be read, and text, is left out', async () => {
  expect(await names(item(null), item(entryOf('gone')), item(closed), item(entryOf('a')))).toEqual(['a']);
});
