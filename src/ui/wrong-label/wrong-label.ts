/** For those who think that a label is wrong: a text to copy and pass on. Nothing is sent. */
import * as v from 'valibot';
import { labelSchema } from '../../contract/label';
import type { Label } from '../../contract/label';
import { handedLabel } from '../../platform/label-pages';
import { copyText } from '../copy';
import { checkbox, dressPage } from '../form';
import { fill, h } from '../h';
import { t } from '../text';
import { wrongLabelText } from './text';

function form(label: Label): HTMLElement[] {
  const own = h('textarea', { rows: 4 });
  const text = h('textarea', { rows: 16, readonly: true, dir: 'auto', class: 'code' });
  const said = h('span', { role: 'status' });
  let withAddresses = false;
  const show = (): void => {
    text.value = wrongLabelText(label, own.value, withAddresses);
    said.textContent = '';
  };
  const copy = (): void => {
    said.textContent = t(copyText(text.value, document.body) ? 'copied' : 'copy_failed');
  };
  own.addEventListener('input', show);
  const addresses = checkbox(t('wrong_addresses'), false, (checked) => {
    withAddresses = checked;
    show();
  });
  show();
  return [
    h('label', 'stacked', t('wrong_own'), own),
    addresses,
    h('label', 'stacked', t('wrong_text'), text),
    h('button', { class: 'main', click: copy }, t('wrong_copy')),
    h('span', {}, ' '),
    said,
  ];
}

export async function wrongLabel(): Promise<void> {
  const app = dressPage(t('report_wrong'));
  const handed = await handedLabel();
  const title = h('h1', {}, t('report_wrong'));
  if (handed === null || !v.is(labelSchema, handed.label)) fill(app, title, h('p', {}, t('report_gone')));
  else fill(app, title, h('p', {}, t('wrong_lead')), ...form(handed.label));
}
