/** The page "Label files": takes files by choosing or dropping, shows each label's headline. */
import type { Label, LabelError } from '../../contract/label';
import { likelihoodText, provenanceTexts, render } from '../../contract/words';
import { language, translate } from '../../platform/texts';

type LabelOne = (file: File, progress: (label: Label) => void) => Promise<Label | LabelError>;

const say = (key: string): string => translate({ key, args: [] });

function row(document: Document, name: string): { item: HTMLElement; update(result: Label | LabelError): void } {
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
  details.append(summary, json);
  item.append(title, provenance, likelihood, details);
  return {
    item,
    update: (result) => {
      json.textContent = JSON.stringify(result, null, 2);
      if (result.schema === 'assay-error/1') {
        provenance.textContent = result.error.message;
        return;
      }
      provenance.textContent = render(provenanceTexts(result.credentials, result.disclosures), translate);
      const text = likelihoodText(result.estimate);
      likelihood.textContent = text === null ? '' : translate(text);
    },
  };
}

/** Wires the page; `labelOne` labels a file and tells on the way. */
export function labelFiles(document: Document, labelOne: LabelOne): void {
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const input = byId('files') as HTMLInputElement;
  const results = byId('results');
  const { lang, dir } = language();
  document.documentElement.lang = lang;
  document.documentElement.dir = dir;
  byId('title').textContent = document.title = say('label_files_title');
  byId('lead').textContent = say('label_files_lead');
  byId('drop-text').textContent = say('label_files_drop');

  const take = (files: Iterable<File>): void => {
    for (const file of files) {
      const shown = row(document, file.name);
      results.append(shown.item);
      void labelOne(file, shown.update).then(shown.update);
    }
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
}
