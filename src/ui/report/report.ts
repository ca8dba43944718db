/** A report of one label, to keep: a page to print and a JSON file. It shows the label and asks for nothing else. */
import * as v from 'valibot';
import { labelSchema } from '../../contract/label';
import type { Label } from '../../contract/label';
import { handedLabel } from '../../platform/label-pages';
import { note } from '../details';
import { dressPage } from '../form';
import { fill, h } from '../h';
import { lanes } from '../panel/lanes';
import { t } from '../text';
import { aboutVideo } from './about';
import { jsonFile } from './json-file';
import type { JsonFile } from './json-file';
import { windowList } from './windows';

/** What is not part of the report itself, and stays out of print. */
function tools({ name, blob }: JsonFile): HTMLElement {
  const print = (): void => {
    window.print();
  };
  return h(
    'div',
    'tools',
    h('button', { class: 'main', click: print }, t('report_print')),
    h('a', { class: 'button', href: URL.createObjectURL(blob), download: name }, t('report_json')),
  );
}

function content(label: Label, at: string, file: JsonFile): (Node | null)[] {
  return [aboutVideo(label, at, file.sha256), ...lanes(label), windowList(label.estimate), note(t('note_limits'))];
}

export async function report(): Promise<void> {
  const app = dressPage(t('report_title'));
  const handed = await handedLabel();
  if (handed === null || !v.is(labelSchema, handed.label)) {
    fill(app, h('h1', {}, t('report_title')), h('p', {}, t('report_gone')));
    return;
  }
  const file = await jsonFile(handed.label, handed.at);
  document.title = file.name.replace(/\.json$/, ''); // the name of a file that is printed into
  fill(app, tools(file), h('h1', {}, t('report_title')), ...content(handed.label, handed.at, file));
  for (const part of app.querySelectorAll('details')) part.open = true;
}
