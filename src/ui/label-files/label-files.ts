/** The page "Label files": takes files by choosing or dropping, and labels each. */
import { badgeView } from '../badge/view';
import { dressPage } from '../form';
import { fill, h } from '../h';
import { createSaid } from '../said';
import { t } from '../text';
import { droppedFiles } from './dropped';
import { fileRow } from './row';
import type { FileNews, FileRow } from './row';

/** What the user asks for beyond a first reading. */
export interface How {
  /** Also credentials that the file keeps elsewhere. */
  remote?: boolean;
  /** All of the file, whatever the limit. */
  whole?: boolean;
}
/** Labels one file; tells on the way, until the signal aborts. */
type LabelOne = (how: How, signal: AbortSignal, tell: (news: FileNews) => void) => void;
/** Shows a further file, and its label as it comes. @param file null where only its address is known */
type Add = (name: string, file: Blob | null, labelOne: LabelOne) => FileRow;

const NOT_YET: FileNews = { label: null, settled: false, progress: null, lost: false, manifest: null, crops: [] };

/** Wires the page. @param labelFile gives what labels a file; @param css of the lanes */
export function labelFiles(css: CSSStyleSheet, labelFile: (file: File) => LabelOne): Add {
  const app = dressPage(t('label_files_title'));
  const input = h('input', { id: 'files', type: 'file', multiple: true, accept: 'video/*,.mkv,.avi' });
  const results = h('ul', { id: 'results' });
  const said = createSaid();
  fill(
    app,
    h('h1', {}, t('label_files_title')),
    h('p', {}, t('label_files_lead')),
    h('label', { id: 'drop' }, h('span', {}, t('label_files_drop')), input),
    results,
    said.element,
  );

  let runs = 0;
  const tellOnce = (name: string, news: FileNews): void => {
    const { provenance, likelihood } = badgeView(news);
    said.say(String(runs++), `${name}: ${provenance.words}. ${likelihood?.words ?? ''}`);
  };

  const add: Add = (name, file, labelOne) => {
    let run = new AbortController();
    let how: How = {};
    /** Again, with what was asked for before as well. */
    const label = (more: How): void => {
      how = { ...how, ...more };
      run.abort();
      run = new AbortController();
      labelOne(how, run.signal, (news) => {
        row.update(news);
        if (news.settled) tellOnce(name, news);
      });
    };
    const reads = {
      readAll: () => {
        label({ whole: true });
      },
      readRemote: () => {
        label({ remote: true });
      },
    };
    const row = fileRow(name, file, reads, css);
    row.update(NOT_YET);
    results.append(row.element);
    label({});
    return row;
  };
  const addFile = (file: File): FileRow => add(file.name, file, labelFile(file));

  input.addEventListener('change', () => {
    const rows = Array.from(input.files ?? [], addFile);
    input.value = '';
    if (rows.length === 1) rows[0]?.open();
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer !== null) void addDropped(droppedFiles(event.dataTransfer.items), addFile);
  });
  return add;
}

async function addDropped(files: AsyncIterable<File>, addFile: (file: File) => FileRow): Promise<void> {
  const rows: FileRow[] = [];
  for await (const file of files) rows.push(addFile(file));
  if (rows.length === 1) rows[0]?.open();
}
