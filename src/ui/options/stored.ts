/** What is kept on this computer, each kind with the means to forget it. */
import { onStorageChange } from '../../platform/storage';
import { countStored, forgetStored, STORED_KINDS } from '../../platform/stored';
import type { StoredKind } from '../../platform/stored';
import { refresh } from '../details';
import { h } from '../h';
import { number, t } from '../text';

const NAMES: Record<StoredKind, string> = {
  settings: 'stored_settings',
  sites: 'sites_title',
  anchors: 'anchors_title',
};

/** Pressed twice: what is forgotten doesn't come back. */
function forgetButton(kind: StoredKind, name: string, forgotten: () => void): HTMLElement {
  const button = h('button', { 'aria-label': t('forget_site', name) }, t('forget'));
  let sure = false;
  button.addEventListener('click', () => {
    if (sure) {
      void forgetStored(kind).then(forgotten);
      return;
    }
    sure = true;
    button.textContent = t('forget_sure');
    button.setAttribute('aria-label', `${t('forget_site', name)}: ${t('forget_sure')}`);
  });
  button.addEventListener('blur', () => {
    sure = false;
    button.textContent = t('forget');
  });
  return button;
}

export function storedSection(): HTMLElement {
  const list = h('ul', 'stored');
  const said = h('p', { role: 'status' });
  const item = async (kind: StoredKind): Promise<HTMLElement> => {
    const count = await countStored(kind);
    const name = t(NAMES[kind]);
    const forgotten = (): void => {
      said.textContent = t('stored_forgotten', name);
    };
    return h(
      'li',
      {},
      h('bdi', {}, name),
      h('span', 'dim', number(count)),
      count > 0 && forgetButton(kind, name, forgotten),
    );
  };
  let turn = 0;
  const show = async (): Promise<void> => {
    const mine = ++turn;
    const items = await Promise.all(STORED_KINDS.map(item));
    if (mine === turn) refresh(list, document, ...items);
  };
  onStorageChange(() => void show());
  void show();
  return h('section', {}, h('h2', {}, t('stored_title')), h('p', {}, t('stored_lead')), list, said);
}
