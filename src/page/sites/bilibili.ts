/** Bilibili: the line of warnings under the title, one of which speaks of AI. */
import type { NoticeSays } from '../../contract/notices';
import { at, textAt } from './json';
import { quote } from './reader';
import type { Scene, SiteReader } from './reader';

const PLAYER = '#bilibili-player, .bpx-player-container';
const TITLE = '#viewbox_report, .video-info-container';
const MAX_LINE = 80;

const idIn = ({ pathname }: URL): string | null => /^\/video\/(BV\w{10})/.exec(pathname)?.[1] ?? null;

/** The same line carries other warnings, and could say that no AI was used. */
function saysOf(message: string): NoticeSays | null {
  const isOfAi = /(?:AI|人工智能)/i.test(message) && /(?:合成|生成)/.test(message);
  if (!isOfAi || /[非未无没]|不是/.test(message)) return null;
  return message.includes('疑似') ? 'possibly-ai' : 'ai-used';
}

/** The line as it stands under the title; a longer text is somebody's own. */
function lineIn(document: Document): string | null {
  for (const title of document.querySelectorAll(TITLE)) {
    for (const element of title.querySelectorAll('span, div, a')) {
      const words = quote(element.textContent);
      if (element.childElementCount === 0 && words.length <= MAX_LINE && words.startsWith('作者声明')) return words;
    }
  }
  return null;
}

/** The page's data can be that of the video before: then nothing of the page is believed. */
function messageOf({ document, data }: Scene, id: string): [message: string, where: string] | null {
  if (data === undefined) return null; // what it will say may speak against the page
  const video = at(data, '__INITIAL_STATE__', 'videoData');
  const of = textAt(video, 'bvid');
  if (of !== null && of !== id) return null;
  const message = of === id ? textAt(video, 'argue_info', 'argue_msg') : null;
  if (message !== null && message !== '') return [message, 'page data'];
  const line = lineIn(document);
  return line === null ? null : [line, 'line'];
}

export const bilibili: SiteReader = (scene) => {
  const id = idIn(scene.url);
  if (id === null || scene.video.closest(PLAYER) === null) return null;
  const [message = '', where = ''] = messageOf(scene, id) ?? [];
  const says = saysOf(message);
  return says === null ? null : { says, value: quote(message), where };
};
