/** The parts of the bench, and how each of them measures. */
import type { Bench } from './bench';
import { measureFiles } from './files';
import { measureFrame } from './frame';
import { measureLarge } from './large';
import { measureMarks } from './marks';
import { measureMarksPage } from './marks-page';
import { measureMemory } from './memory';
import { measurePage } from './page';
import { measureRead } from './read';
import { measureScript } from './script';
import { measureSizes } from './sizes';
import type { Measure } from './stats';

interface Part {
  title: string;
  how: string;
  run(bench: Bench): Promise<Measure[]>;
}

export const PARTS: Record<string, Part> = {
  page: {
    title: 'On a page: from `loadedmetadata` to the words on the badge',
    how: 'A playing video is put into a page that has the badge of another video already; an observer inside the shadow root notes when the words of the new badge say something (a claim, or the result), and when they say the result. Page and badge share one clock. The server is on loopback, the page loads the same file at the same time, the estimate is on. Server bytes are those of requests that the browser marks as a fetch; they include what the estimate read, where it read for itself.',
    run: measurePage,
  },
  read: {
    title: 'The credentials lane alone: from the job to the label',
    how: 'An extension page opens a job at the port of the engine for the address of a file, without the estimate. `bytes_read` is what the label itself says.',
    run: measureRead,
  },
  large: {
    title: 'A large signed file, hashed as it streams by',
    how: 'The engine labels a signed file of 200 MB; then an extension page of the same browser loads the same bytes and has WebCrypto digest them in one call (SHA-256). Memory: own pages of the extension process, highest of ten looks a second while the engine reads, over what they were right before. At most five repetitions.',
    run: (bench) => measureLarge({ ...bench, runs: Math.min(bench.runs, 5) }),
  },
  frame: {
    title: 'From the eighth frame to the estimate',
    how: 'The moment at which a page takes its eighth frame can not be seen from outside, so an extension page plays the part of the page: it sends real frames through the port of the engine, and the clock runs from the eighth (the engine has told that it has seven) to the label that no longer looks.',
    run: measureFrame,
  },
  marks: {
    title: 'The picture reader',
    how: 'An extension page opens a job for a file of `test/fixtures/media`, without the estimate; from the job to the settled label, with the decoding of at most four frames. One thread works, so at rest this is its processor time. Then a page plays a marked video, and what our script does on its main thread is measured as for the content script below, with the reader on (the label has to show the mark) and off. At most three repetitions of that.',
    run: async (bench) => [
      ...(await measureMarks(bench)),
      ...(await measureMarksPage({ ...bench, runs: Math.min(bench.runs, 3) })),
    ],
  },
  script: {
    title: 'The content script',
    how: "Time of script from our files on the main thread of the page, with the layout and drawing that it forces and its compilation. Chromium: trace events; processor time, but wall time for the longest task of all. Firefox: Gecko's sampling profiler at 1 ms, processor time of samples with our script on the stack; samples in a row count as one task (an upper bound). At most three repetitions.",
    run: (bench) => measureScript({ ...bench, runs: Math.min(bench.runs, 3) }),
  },
  sizes: { title: 'Sizes', how: '`npm run pack`, and files of the built extension, as they are.', run: measureSizes },
  memory: {
    title: 'Memory of the extension process',
    how: 'From `/proc`: the process in which the background, the engine and its workers live (Chromium: `--extension-process`; Firefox: `WebExtensions`, which holds the built-in extensions too). Own pages are those that no other process has; the limit is held against them. Highest of four looks a second. 0 MB: the process has ended. At most three repetitions, each with a fresh browser.',
    run: measureMemory,
  },
  files: {
    title: 'Files through the command',
    how: '`npm start -- FOLDER --json --headless --browser NAME`, from start to end. At most three repetitions.',
    run: measureFiles,
  },
};
