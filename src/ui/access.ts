/** Whether the user lets Assay work on sites: granted at install, and revocable at any time. */
import { api } from '../platform/api';
import { h } from './h';
import { t } from './text';

const EVERYWHERE = { origins: ['<all_urls>'] };

/** @param url address of a page; without one, all sites are asked for */
export async function hasAccess(url?: string): Promise<boolean> {
  if (await api.permissions.contains(EVERYWHERE)) return true;
  if (url === undefined || !/^https?:/.test(url)) return false;
  return await api.permissions.contains({ origins: [`${new URL(url).origin}/*`] });
}

/** A notice with the button that asks for access (only a click may ask). */
export function accessNotice(granted: () => void): HTMLElement {
  const ask = (): void => {
    void api.permissions.request(EVERYWHERE).then((yes) => {
      if (yes) granted();
    });
  };
  return h(
    'div',
    { class: 'notice', role: 'status' },
    h('p', {}, t('no_access')),
    h('button', { class: 'main', click: ask }, t('grant_access')),
  );
}
