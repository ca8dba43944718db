/**
 * What a person waits for: a video is put into a page, and the badge's words are watched from inside its
 * shadow root. Times run from the video's `loadedmetadata` to the words, both on the page's own clock.
 */
import type { Label } from '../../src/contract/label';
import type { Tab } from '../../src/cli/drive/driver';
import { launchAssay } from '../e2e/support/launch';
import type { Assay } from '../e2e/support/launch';
import { page } from '../e2e/support/pages';
import type { Bench } from './bench';
import { restartEngine } from './engine-job';
import { atMost, pause, repeat, sum } from './stats';
import type { Measure } from './stats';

const SIZES = ['1mb', '20mb', '115mb'] as const;
const KINDS = ['signed', 'plain'] as const;
const HOST = 'div[popover]';

/** A first video, at rest, so that the host with the badges is there before the measured one comes. */
const PAGE = page(`<video id="idle" controls muted src="/idle.mp4"></video><script>
  const clock = () => performance.timeOrigin + performance.now();
  window.bench = { news: [], waiting: null, clock };
  /** Without an own word, a removed video keeps its connection until it is collected. */
  window.clear = () => {
    const video = document.querySelector('#measured');
    video.remove();
    video.removeAttribute('src');
    video.load();
  };
  window.insert = (src) => {
    bench.news = [];
    bench.loaded = bench.last = null;
    const video = document.createElement('video');
    Object.assign(video, { id: 'measured', controls: true, muted: true, autoplay: true });
    video.addEventListener('loadedmetadata', () => { bench.loaded = clock(); }, { once: true });
    video.src = src;
    document.body.append(video);
  };
</script>`);

/** Words that say nothing of the file yet, and words that wait for the rest of its bytes. */
const WATCH = `(root) => {
  const badges = () => [...root.querySelectorAll('.badge')];
  const note = () => {
    if (badges().length < 2) return;
    const words = badges().at(-1).querySelector('[data-lane=provenance] .words')?.textContent ?? '';
    bench.last = words;
    if (words === '' || /^(Starting|Credentials not yet checked|Reading)/.test(words)) return;
    bench.news.push({ at: bench.clock(), words, claim: words.startsWith('Claims:') });
    if (!words.startsWith('Claims:')) bench.done?.();
  };
  new MutationObserver(note).observe(root, { childList: true, subtree: true, characterData: true });
  return true;
}`;

const MEASURE = `async (src, limit) => {
  const late = new Promise((done) => setTimeout(done, limit));
  const settled = new Promise((done) => { bench.done = done; });
  insert(src);
  await Promise.race([settled, late]);
  const since = (news) => (news === undefined || bench.loaded === null ? null : news.at - bench.loaded);
  const last = bench.news.find((n) => !n.claim);
  return { statement: since(bench.news[0]), settled: since(last), words: bench.last };
}`;

interface Waited {
  statement: number | null;
  settled: number | null;
  words: string | null;
  src: string;
}

const LIMIT_MS = 15_000;

/** Times of the runs that ended; those that did not are counted in `why`. */
function times(name: string, waits: Waited[], key: 'statement' | 'settled', more: Partial<Measure> = {}): Measure {
  const values = waits.map((w) => w[key]).filter((v) => v !== null);
  const lost = waits.filter((w) => w[key] === null);
  const why = `${String(lost.length)} of ${String(waits.length)} runs had none in 15 s: "${lost[0]?.words ?? ''}"`;
  return { name, unit: 'ms', values, ...more, ...(lost.length === 0 ? {} : { why }) };
}

async function openPage(assay: Assay, url: string): Promise<Tab> {
  const tab = await assay.open(url);
  await tab.setViewport(1000, 700);
  await tab.waitFor(`document.querySelector('${HOST}') !== null`, { timeoutMs: 30_000 });
  await tab.inShadow(HOST, WATCH);
  await pause(4_000); // the video at rest has its label, and the engine nothing to do
  return tab;
}

export async function measurePage({ browser, runs, web, say }: Bench): Promise<Measure[]> {
  const assay = await launchAssay(browser);
  const measures: Measure[] = [];
  let serial = 0;
  try {
    const tab = await openPage(assay, web.page('/page', PAGE));
    const once = async (file: string): Promise<Waited> => {
      const src = `/${file}?${browser}-${String(serial++)}`;
      const waited = await tab.evaluate<Omit<Waited, 'src'>>(MEASURE, src, LIMIT_MS);
      if (waited.settled !== null) return { ...waited, src };
      const labels = (await assay.labelsOf(tab, 1_000)) as Label[];
      const { state, reason } = labels.find((l) => l.subject.media.includes(src))?.credentials ?? {};
      return { ...waited, src, words: `${waited.words ?? ''}, ${state ?? 'no label'}, ${reason ?? 'no reason yet'}` };
    };
    const clear = async (): Promise<void> => {
      await tab.evaluate('window.clear()');
      await pause(500);
    };
    for (const size of SIZES) {
      for (const kind of KINDS) {
        say(`page ${size} ${kind}`);
        const file = `${size}-${kind}.mp4`;
        await once(file); // warms the engine up
        const labels = (await assay.labelsOf(tab, 4_000)) as Label[];
        const label = labels.find((l) => l.subject.media.includes(file));
        await clear();
        const waits = await repeat(runs, async () => {
          const waited = await once(file);
          await clear();
          return waited;
        });
        const mine = waits.map(({ src }) =>
          sum(web.sent().flatMap((s) => (s.path === src && s.dest !== 'video' ? [s.bytes] : []))),
        );
        const name = `${size.replace('mb', ' MB')} ${kind === 'signed' ? 'signed' : 'unsigned'}`;
        const limit = size === '20mb' ? { target: atMost(300, '<= 300 ms') } : {};
        measures.push(
          times(`${name}: to the first statement`, waits, 'statement'),
          times(`${name}: to the settled credentials`, waits, 'settled', limit),
          {
            name: `${name}: coverage.bytes_read of the label`,
            unit: 'KB',
            values: label === undefined ? [] : [label.credentials.coverage.bytes_read / 1024],
            ...(label === undefined ? { why: 'no label of it on the page' } : {}),
          },
          { name: `${name}: bytes that the server sent to the engine`, unit: 'KB', values: mine.map((b) => b / 1024) },
        );
      }
    }
    for (const size of ['1mb', '20mb'] as const) {
      say(`page ${size} cold`);
      const waits = await repeat(runs, async () => {
        await restartEngine(assay);
        const waited = await once(`${size}-signed.mp4`);
        await clear();
        return waited;
      });
      const name = `${size.replace('mb', ' MB')} signed, engine and background stopped before`;
      measures.push(
        times(`${name}: to the first statement`, waits, 'statement'),
        times(`${name}: to the settled credentials`, waits, 'settled'),
      );
    }
  } finally {
    await assay.close();
  }
  return measures;
}
