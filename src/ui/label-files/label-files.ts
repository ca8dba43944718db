/** The page "Label files": takes files by choosing or dropping, shows each label's headline. */
import type { Label, LabelError } from '../../contract/label';
import { estimateReason, hostToAsk, likelihoodText, provenanceTexts, render } from '../../contract/words';
import { send } from '../../platform/messaging';
import { language, translate } from '../../platform/texts';

/** @param remote also reads credentials that the file keeps elsewhere: only when the user asks for it */
type LabelOne = (remote: boolean, progress: (label: Label) => void) => Promise<Label | LabelError>;
/** Shows a further file, and its label as it comes. */
type Add = (name: string, labelOne: LabelOne) => void;

const say = (key: string): string => translate({ key, args: [] });

interface Row {
  item: HTMLElement;
  update(result: Label | LabelError): void;
}

function row(document: Document, name: string, readRemote: () => void): Row {
  const item = document.createElement('li');
  const title = document.createElement('bdi');
  const provenance = document.createElement('strong');
  const likelihood = document.createElement('span');
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const json = document.createElement('pre');
  title.textContent = name;
  provenance.textContent = say('reason_still_looking');
  summary.textContent = say('label_files_json');
  const elsewhere = document.createElement('button');
  elsewhere.type = 'button';
  elsewhere.hidden = true;
  elsewhere.addEventListener('click', () => {
    elsewhere.hidden = true;
    readRemote();
  });
  let label: Label | null = null;
  const report = document.createElement('button');
  report.type = 'button';
  report.hidden = true;
  report.textContent = say('save_report');
  report.addEventListener('click', () => {
    if (label !== null) void send('label.page', { page: 'report', label });
  });
  details.append(summary, json);
  item.append(title, provenance, likelihood, elsewhere, report, details);
  return {
    item,
    update: (result) => {
      json.textContent = JSON.stringify(result, null, 2);
      if (result.schema === 'assay-error/1') {
        provenance.textContent = result.error.message;
        return;
      }
      label = result;
      report.hidden = false;
      provenance.textContent = render(provenanceTexts(result.credentials, result.disclosures), translate);
      const host = hostToAsk(result.credentials);
      elsewhere.hidden = host === null;
      elsewhere.textContent = translate({ key: 'read_remote', args: [host ?? ''] });
      likelihood.textContent = likelihoodOf(result);
    },
  };
}

/** With the reason, where nothing can be told: there is no panel here to look it up in. */
function likelihoodOf(label: Label): string {
  const { estimate } = label;
  const text = likelihoodText(estimate);
  if (text === null) return '';
  const why = estimate.state === 'answered' || estimate.reason === 'still-looking' ? null : estimateReason(label);
  return render(why === null ? [text] : [text, why], translate);
}

/** Wires the page. @param labelFile gives what labels a file and tells on the way */
export function labelFiles(document: Document, labelFile: (file: File) => LabelOne): Add {
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const input = byId('files') as HTMLInputElement;
  const results = byId('results');
  const { lang, dir } = language();
  document.documentElement.lang = lang;
  document.documentElement.dir = dir;
  byId('title').textContent = document.title = say('label_files_title');
  byId('lead').textContent = say('label_files_lead');
  byId('drop-text').textContent = say('label_files_drop');

  const add: Add = (name, labelOne) => {
    let runs = 0;
    const label = (remote: boolean): void => {
      const mine = ++runs;
      const update: Row['update'] = (result) => {
        if (mine === runs) shown.update(result);
      };
      void labelOne(remote, update).then(update);
    };
    const shown = row(document, name, () => {
      label(true);
    });
    results.append(shown.item);
    label(false);
  };
  const take = (files: Iterable<File>): void => {
    for (const file of files) add(file.name, labelFile(file));
  };
  input.addEventListener('change', () => {
    take(input.files ?? []);
    input.value = '';
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files ?? []);
  });
  return add;
}
