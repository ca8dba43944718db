/**
 * The page "Label files": drop files, read labels. The command line drives this same page through
 * `window.assay`, so that a file's label is the one that the built extension gives.
 */
import type { Label, LabelError, Subject } from '../contract/label';
import type { MediaRef } from '../contract/messages';
import { anchorFaultWords } from '../contract/words';
import { english } from '../label/english';
import { failure, pageAnswers } from '../label/page-answers';
import { addAnchors } from '../platform/anchors';
import { engineClient } from '../platform/engine-client';
import { useLanguage } from '../platform/language';
import { showEach } from '../platform/show-each';
import { readSettings, writeSetting } from '../platform/storage';
import { findTab, tabVideos } from '../platform/tab-videos';
import type { TabVideos } from '../platform/tab-videos';
import pageCss from '../ui/label-files/label-files.css?inline';
import { labelFiles } from '../ui/label-files/label-files';
import type { FileNews } from '../ui/label-files/row';
import lanesCss from '../ui/panel/lanes.css?inline';
import { findAnchors } from './find-anchors';

const MB = 1_000_000;
const engine = engineClient();
let nextJob = 1;

interface FileRequest {
  media: MediaRef;
  /** Also reads credentials that the file keeps elsewhere. */
  remote?: boolean;
  /** All of it, whatever the limit. */
  whole?: boolean;
  input: string;
  name: string;
  limitMb?: number;
  /** With the hash of the file: for what is on this computer, where reading all of it costs nobody else anything. */
  hash?: boolean;
}

/** Labels one file through the engine, and tells on the way until the label is settled or the signal aborts. */
async function followFile(request: FileRequest, signal: AbortSignal, tell: (news: FileNews) => void): Promise<void> {
  const settings = await readSettings();
  if (signal.aborted) return;
  const subject: Subject = {
    kind: 'file',
    input: request.input,
    page: null,
    frame: null,
    media: request.name,
    index: 0,
    width: null,
    height: null,
    duration_s: null,
  };
  const job = String(nextJob++);
  signal.addEventListener('abort', () => {
    engine.cancel(job);
  });
  engine.open(
    {
      job,
      subject,
      media: request.media,
      frames: settings.estimate ? 'engine' : 'off',
      pictures: settings.marks ? 'engine' : undefined,
      remote: request.remote === true,
      hash: request.hash === true,
      limitBytes: request.whole === true ? Number.MAX_SAFE_INTEGER : (request.limitMb ?? settings.limitMb) * MB,
    },
    {
      label: (news) => {
        if (news.settled) engine.cancel(job);
        tell({ ...news, lost: false });
      },
      lost: () => {
        tell(LOST);
      },
    },
  );
}
const LOST: FileNews = { label: null, settled: true, progress: null, lost: true, manifest: null, crops: [] };

async function labelFile(request: FileRequest): Promise<Label | LabelError> {
  return await new Promise((resolve) => {
    void followFile(request, new AbortController().signal, ({ label, settled }) => {
      if (!settled) return;
      resolve(label ?? failure(request.input, 'engine-unavailable', "Assay's engine did not start."));
    });
  });
}

interface UrlRequest extends Omit<FileRequest, 'media'> {
  url: string;
}

interface PageRequest {
  url: string;
  input: string;
  timeoutMs: number;
  /** The page is known to have a video. */
  hasVideo?: boolean;
  /** Scrolls to videos that wait out of sight. */
  scroll?: boolean;
}

/** A page without any news for this long has said what it has to say. */
const QUIET_MS = 1_500;
/** Videos take turns, so a page with many of them is given more time: so much for each, up to this in all. */
const PER_VIDEO_MS = 5_000;
const MOST_MS = 240_000;
/** A video that still loads is waited for so long after the last news. */
const LOADING_MS = 8_000;
/** How long a loaded page may take to show its first video. */
const FIRST_VIDEO_MS = 6_000;
/** The same where there is one, on a machine that has much else to do. */
const KNOWN_VIDEO_MS = 30_000;

type Row = ReturnType<TabVideos['rows']>[number];

/** A row without a label that counts as settled is a video that was not opened: not loaded, hidden, off screen. */
const isDone = (row: Row): boolean => row.settled && row.label?.estimate.reason !== 'still-looking';

/** Collects the labels of a page's videos from the content scripts, once they have settled. */
async function labelPage(request: PageRequest): Promise<(Label | LabelError)[]> {
  const { url, input, timeoutMs } = request;
  const tab = await findTab(url);
  if (tab === null) return [failure(input, 'no-page', `${input} could not be opened.`)];
  const started = performance.now();
  return await new Promise((resolve) => {
    let lastNews = started;
    const videos = tabVideos(tab.id, () => {
      lastNews = performance.now();
    });
    const { missed, showNext } = showEach(videos);
    const timer = setInterval(() => {
      const now = performance.now();
      const rows = videos.rows();
      const quietMs = now - lastNews;
      const firstMs = request.hasVideo === true && !videos.areKnown() ? KNOWN_VIDEO_MS : FIRST_VIDEO_MS;
      const finished = rows.length === 0 ? now - started > firstMs : quietMs > QUIET_MS && rows.every(isDone);
      const allowed = Math.min(MOST_MS, timeoutMs + rows.length * PER_VIDEO_MS);
      const isOver = now - started >= allowed;
      if (!finished && !isOver) return;
      if (!isOver && request.scroll === true && showNext(rows)) {
        lastNews = now;
        return;
      }
      const without = request.scroll === true ? missed(rows) : { left: 0, unloaded: 0 };
      if (!isOver && without.unloaded > 0 && quietMs < LOADING_MS) return;
      clearInterval(timer);
      videos.close();
      resolve(pageAnswers(input, rows, without));
    }, 250);
  });
}

/** @returns what is wrong with the certificates, in English; null when they are in force */
async function useAnchors(text: string): Promise<string | null> {
  const found = await findAnchors(text);
  if ('fault' in found) return anchorFaultWords(found.fault, english);
  await addAnchors(found.anchors);
  return null;
}

/** Credentials and what files say, for as long as this profile lives. */
async function lookAtNothing(): Promise<void> {
  await writeSetting('estimate', false);
  await writeSetting('marks', false);
}

const driven = {
  lookAtNothing,
  useAnchors,
  labelUrl: ({ url, ...rest }: UrlRequest) => labelFile({ ...rest, media: { kind: 'url', url, credentials: 'omit' } }),
  labelPage,
  /** For measurements and tests: labels bytes that this page holds. */
  labelBlob: (blob: Blob, name: string) => labelFile({ media: { kind: 'blob', name, blob }, input: name, name }),
};
Object.assign(window, { assay: driven });

async function show(): Promise<void> {
  await useLanguage();
  const sheet = (css: string): CSSStyleSheet => {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    return made;
  };
  document.adoptedStyleSheets = [sheet(pageCss)];
  const add = labelFiles(sheet(lanesCss), (file) => (how, signal, tell) => {
    const media: MediaRef = { kind: 'blob', name: file.name, blob: file };
    void followFile({ ...how, media, input: file.name, name: file.name, hash: true }, signal, tell);
  });

  // What the context menu was opened on. Pages can't open this page, so an address here is the user's own click.
  const address = new URLSearchParams(location.search).get('url');
  if (address !== null && /^https?:/.test(address)) {
    const row = add(address, null, (how, signal, tell) => {
      const media: MediaRef = { kind: 'url', url: address, credentials: 'omit' };
      void followFile({ ...how, media, input: address, name: address }, signal, tell);
    });
    row.open();
  }
}
void show();
