/** The tab's videos: picture, headline; a click goes to the video. */
import type { VideoRow } from '../../contract/messages';
import { METER, STATEMENT } from '../badge/glyphs';
import { badgeView } from '../badge/view';
import type { BadgeView } from '../badge/view';
import { h, picture } from '../h';
import { t } from '../text';

const pictures = new WeakMap<Blob, string>();

function thumbnail(blob: Blob | null): HTMLElement {
  if (blob === null) return h('span', { class: 'thumb empty', 'aria-hidden': 'true' }, '▷');
  let url = pictures.get(blob);
  if (url === undefined) pictures.set(blob, (url = URL.createObjectURL(blob)));
  return h('img', { class: 'thumb', src: url, alt: '' });
}

function words({ provenance, likelihood }: BadgeView): HTMLElement {
  const line = (path: string, text: string): HTMLElement => h('span', 'line', picture(path), h('span', {}, text));
  return h(
    'span',
    'lines',
    line(STATEMENT[provenance.glyph], provenance.words),
    likelihood === null ? null : line(METER[likelihood.glyph], likelihood.words),
  );
}

function row(video: VideoRow, show: () => void): HTMLElement {
  const { label, settled, thumbnail: blob, badgeRemoved } = video;
  const text =
    label === null
      ? h('span', 'lines', t('row_waiting'))
      : words(badgeView({ label, settled, progress: null, lost: false }));
  if (badgeRemoved) text.append(h('small', {}, t('badge_removed')));
  return h('li', {}, h('button', { class: 'video', click: show }, thumbnail(blob), text));
}

/** @param none what is said where there is none */
export function videoList(
  videos: readonly (VideoRow & { frame: string })[],
  none: string,
  show: (frame: string, id: string) => void,
): HTMLElement {
  if (videos.length === 0) return h('p', 'dim', none);
  return h(
    'ul',
    'videos',
    ...videos.map((v) =>
      row(v, () => {
        show(v.frame, v.id);
      }),
    ),
  );
}
