/** Anchors of the user's own: what they are, and the means to add and remove one. */
import type { Anchor, AnchorsFound } from '../../contract/anchors';
import { anchorFaultWords } from '../../contract/words';
import { addAnchors, readAnchors, removeAnchor } from '../../platform/anchors';
import { readPolicy } from '../../platform/policy';
import { onStorageChange } from '../../platform/storage';
import { translate } from '../../platform/texts';
import { refresh, rows } from '../details';
import { h } from '../h';
import { day, reason, t } from '../text';

export type FindAnchors = (text: string) => Promise<AnchorsFound>;
type Say = (words: string) => void;

/** Lists of certificates are smaller by far. */
const MAX_LENGTH = 1_000_000;

const subjectsOf = (anchors: readonly Anchor[]): string => anchors.map(({ subject }) => subject).join('; ');

/** What is known of a text's anchors; one that has expired since it was added has its fault told. */
async function known(text: string, find: FindAnchors): Promise<{ subject: string; facts: (Node | null)[] }> {
  const found = await find(text);
  if ('fault' in found) {
    const { subject, reason: code } = found.fault;
    return { subject: subject ?? '?', facts: [rows({ anchor_subject: subject }), h('p', 'warning', reason(code))] };
  }
  const facts = found.anchors.map(({ subject, expires, sha256 }) =>
    rows({ anchor_subject: subject, anchor_expires: day(expires), model_sha: sha256 }),
  );
  return { subject: subjectsOf(found.anchors), facts };
}

async function ownItem([sha256, text]: [string, string], find: FindAnchors, say: Say): Promise<HTMLElement> {
  const { subject, facts } = await known(text, find);
  const remove = async (): Promise<void> => {
    await removeAnchor(sha256);
    say(t('anchors_removed', subject));
  };
  const button = h(
    'button',
    { 'aria-label': t('anchor_remove_one', subject), click: () => void remove() },
    t('anchor_remove'),
  );
  return h('li', {}, ...facts, button);
}

async function policyItem(text: string, find: FindAnchors): Promise<HTMLElement> {
  const { facts } = await known(text, find);
  return h('li', {}, ...facts, h('small', {}, t('by_organisation')));
}

async function add(text: string, find: FindAnchors, say: Say): Promise<boolean> {
  const found = await find(text.slice(0, MAX_LENGTH));
  if ('fault' in found) {
    say(anchorFaultWords(found.fault, translate));
    return false;
  }
  await addAnchors(found.anchors);
  say(t('anchors_added', subjectsOf(found.anchors)));
  return true;
}

/** Ways to add: a file, or a text. */
function adder(find: FindAnchors, say: Say): HTMLElement {
  const file = h('input', { type: 'file', accept: '.pem,.crt,.cer,.txt' });
  const text = h('textarea', { rows: 4, spellcheck: 'false', autocomplete: 'off' });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    void chosen
      .slice(0, MAX_LENGTH)
      .text()
      .then((content) => add(content, find, say));
    file.value = '';
  });
  const addText = async (): Promise<void> => {
    if (await add(text.value, find, say)) text.value = '';
  };
  return h(
    'div',
    {},
    h('label', 'stacked', t('anchor_file'), file),
    h('label', 'stacked', t('anchor_paste'), text),
    h('button', { click: () => void addText() }, t('anchor_add')),
  );
}

export function ownAnchors(find: FindAnchors): HTMLElement {
  const list = h('div');
  const said = h('p', { role: 'status', dir: 'auto' });
  const say: Say = (words) => {
    said.textContent = words;
  };
  let turn = 0;
  const show = async (): Promise<void> => {
    const mine = ++turn;
    const items = await Promise.all([
      ...(await readPolicy()).anchors.map((text) => policyItem(text, find)),
      ...[...(await readAnchors())].map((anchor) => ownItem(anchor, find, say)),
    ]);
    if (mine !== turn) return;
    refresh(list, document, items.length === 0 ? h('p', 'dim', t('anchors_none')) : h('ul', 'anchors', ...items));
  };
  onStorageChange(() => void show());
  void show();
  return h('section', {}, h('h2', {}, t('anchors_title')), h('p', {}, t('anchors_lead')), list, adder(find, say), said);
}
