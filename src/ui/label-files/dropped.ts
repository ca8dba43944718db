/** Files that were dropped, also those in folders. */

const entriesOf = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve) => {
    reader.readEntries(resolve, () => {
      resolve([]);
    });
  });

const fileOf = (entry: FileSystemFileEntry): Promise<File | null> =>
  new Promise((resolve) => {
    entry.file(resolve, () => {
      resolve(null);
    });
  });

async function* inFolder(folder: FileSystemDirectoryEntry): AsyncGenerator<File> {
  const reader = folder.createReader();
  // A reader gives some at a time, and none at its end.
  for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) {
    for (const entry of some) yield* filesOf(entry);
  }
}

async function* filesOf(entry: FileSystemEntry): AsyncGenerator<File> {
  if (entry.isDirectory) {
    yield* inFolder(entry as FileSystemDirectoryEntry);
    return;
  }
  const file = await fileOf(entry as FileSystemFileEntry);
  if (file !== null) yield file;
}

type Item = Pick<DataTransferItem, 'webkitGetAsEntry' | 'getAsFile'>;

/** To be called in the event itself: what was dropped is gone after it. What can't be read is left out. */
export function droppedFiles(items: Iterable<Item>): AsyncIterable<File> {
  // Not all that is dropped comes from a file system.
  const dropped = Array.from(items, (item) => item.webkitGetAsEntry() ?? item.getAsFile());
  return (async function* () {
    for (const one of dropped) {
      if (one instanceof File) yield one;
      else if (one !== null) yield* filesOf(one);
    }
  })();
}
