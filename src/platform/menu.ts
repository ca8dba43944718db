/** The context menu: "Label this video" on a video, and on a link to a video file. */
import type Browser from 'webextension-polyfill';
import { api } from './api';
import { injectAsked } from './inject';
import { useLanguage } from './language';
import { translate } from './texts';

/** Names of files that browsers play or the engine reads; patterns mind the case, and don't see fragments. */
const NAMES = ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'avi', 'flv', '3gp'];
const LINKS = [...NAMES, ...NAMES.map((name) => name.toUpperCase())].flatMap((name) => [
  `*://*/*.${name}`,
  `*://*/*.${name}?*`,
]);

async function create(): Promise<void> {
  await useLanguage();
  const title = translate({ key: 'menu_label', args: [] });
  await api.contextMenus.removeAll();
  api.contextMenus.create({ id: 'video', title, contexts: ['video'] });
  api.contextMenus.create({ id: 'link', title, contexts: ['link'], targetUrlPatterns: LINKS });
}

/** Labels a file by its address on the page for files; only the user's click leads there. */
async function labelAddress(url: string | undefined): Promise<void> {
  if (url === undefined || !/^https?:/.test(url)) return;
  await api.tabs.create({ url: api.runtime.getURL(`label.html?${new URLSearchParams({ url }).toString()}`) });
}

async function clicked(info: Browser.Menus.OnClickData, tab: Browser.Tabs.Tab | undefined): Promise<void> {
  if (info.menuItemId === 'link') {
    await labelAddress(info.linkUrl);
    return;
  }
  const done = tab?.id !== undefined && (await injectAsked(tab.id, info.frameId ?? 0, info.srcUrl ?? ''));
  if (!done) await labelAddress(info.srcUrl); // a page that lets no extension in
}

/** Made anew at each start of the background: windows in private mode have a menu of their own. */
export function offerMenu(): void {
  void create();
  api.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && 'language' in changes) void create();
  });
  api.contextMenus.onClicked.addListener((info, tab) => void clicked(info, tab));
}
