/** The tab's videos: picture, headline; a click goes to the video. */
import type { VideoRow } from '../../contract/messages';
import { badgeView } from '../badge/view';
import { h } from '../h';
import { lines } from '../lines';
import { t } from '../text';

const pictures = new WeakMap<Blob, string>();

function thumbnail(blob: Blob | null): HTMLElement {
  if (blob === null) return h('span', { class: 'thumb empty', 'aria-hidden': 'true' }, '▷');
  let url = pictures.get(blob);
  if (url === undefined) pictures.set(blob, (url = URL.createObjectURL(blob)));
  return h('img', { class: 'thumb', src: url, alt: '' });
}

function row(video: VideoRow & { frame: string }, show: () => void): HTMLElement {
  const { id, frame, label, settled, thumbnail: blob, badgeRemoved } = video;
  const text =
    label === null
      ? h('span', 'lines', t('row_waiting'))
      : lines(badgeView({ label, settled, progress: null, lost: false }));
  if (badgeRemoved) text.append(h('small', {}, t('badge_removed')));
  return h('li', {}, h('button', { class: 'video', id: `video-${frame}-${id}`, click: show }, thumbnail(blob), text));
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
