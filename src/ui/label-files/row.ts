/** One file: its name, what its badge would say, and below it the file itself and the lanes of its label. */
import type { RawManifest } from '../../contract/messages';
import { badgeView } from '../badge/view';
import type { BadgeNews } from '../badge/view';
import { fold, refresh } from '../details';
import { fill, h } from '../h';
import { lines } from '../lines';
import type { Reads } from '../panel/credentials';
import { footer } from '../panel/footer';
import { lanes } from '../panel/lanes';
import { t } from '../text';

/** What becomes known of a file. */
export interface FileNews extends BadgeNews {
  manifest: RawManifest | null;
  /** Marks in the picture, cut out, in the order of the label. */
  crops: Blob[];
}

export interface FileRow {
  element: HTMLElement;
  update(news: FileNews): void;
  /** Shows what lies below. */
  open(): void;
}

/** @param file null where only its address is known: it is not loaded a second time to be seen */
export function fileRow(name: string, file: Blob | null, reads: Reads, css: CSSStyleSheet): FileRow {
  const said = h('div');
  const host = h('div');
  const root = host.attachShadow({ mode: 'open' }); // parts have ids that are unique in one label only
  root.adoptedStyleSheets = [css];
  const body = h('div');
  root.append(body);
  const stage = h('div');
  const more = h('details', {}, h('summary', {}, t('details')), stage, host);
  let player: HTMLVideoElement | null = null;
  let last: FileNews | null = null;

  const seek = (seconds: number): void => {
    if (player === null) return;
    player.currentTime = seconds;
    player.scrollIntoView({ block: 'nearest' });
  };

  const show = (): void => {
    const label = last?.label ?? null;
    more.hidden = label === null;
    if (last === null || label === null) return;
    const json = fold('json', t('label_files_json'), h('pre', {}, JSON.stringify(label, null, 2)));
    const parts = lanes(label, { ...last, reads, seek: player === null ? null : seek });
    refresh(body, root, ...parts, json, footer(label, body));
  };

  const play = (): void => {
    if (file === null || stage.hasChildNodes() || !more.open) return;
    player = h('video', { class: 'player', controls: true, preload: 'metadata', src: URL.createObjectURL(file) });
    player.addEventListener('error', () => {
      player = null; // a kind of file that this browser doesn't play
      fill(stage, ' ');
      show();
    });
    fill(stage, player);
    show();
  };
  more.addEventListener('toggle', play);

  return {
    element: h('li', 'file', h('h2', {}, h('bdi', {}, name)), said, more),
    update: (news) => {
      last = news;
      fill(said, lines(badgeView(news)));
      show();
    },
    open: () => {
      more.open = true;
    },
  };
}
