/** The panel: three lanes of one label, one line each, details below. One panel a frame. */
import type { RawManifest } from '../../contract/messages';
import type { Mark } from '../../contract/settings';
import type { Lane } from '../badge/badge';
import type { BadgeNews } from '../badge/view';
import { refresh } from '../details';
import { fill, h } from '../h';
import { reason, t } from '../text';
import { footer } from './footer';
import { lanes } from './lanes';

export interface PanelVideo {
  news: BadgeNews;
  /** What the manifest store holds beside the label. */
  manifest(): RawManifest | null;
  /** Marks in the picture, cut out, in the order of the label. */
  crops(): Blob[];
  readAll(): void;
  /** Asks for the credentials that the file keeps elsewhere. */
  readRemote(): void;
  seek(seconds: number): void;
  /** Takes the focus when the panel closes. */
  focusBack(): void;
}

export interface Panel {
  element: HTMLElement;
  open(video: PanelVideo, lane: Lane, near: { left: number; top: number } | null): void;
  /** The video that it shows has news. */
  update(): void;
  close(giveFocusBack: boolean): void;
  /** Whose label is shown; null while closed. */
  shows(): PanelVideo | null;
  setMark(mark: Mark): void;
}

const GAP_PX = 8;
/** Below a badge of one line at the top of the video's box. */
const BELOW_BADGE_PX = 44;

/** @param root where the panel lives; it is asked for the focused element */
export function createPanel(root: ShadowRoot): Panel {
  let video: PanelVideo | null = null;
  let at = { left: 0, top: 0 };
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' });
  const body = h('div', 'body');
  const closeButton = h(
    'button',
    {
      class: 'close',
      'aria-label': t('close'),
      click: () => {
        close(true);
      },
    },
    '✕',
  );
  const element = h(
    'div',
    { class: 'panel', role: 'dialog', 'aria-label': t('panel_name'), tabindex: '-1' },
    h('header', {}, mark, h('strong', {}, t('panel_name')), closeButton),
    body,
  );
  element.hidden = true;

  /** Below the badge that was pressed, however many lines it has, unless it is at the bottom of the box. */
  const below = (top: number): number => {
    const badge = root.activeElement?.closest('.badge')?.getBoundingClientRect();
    return badge && badge.top - top < badge.height ? badge.bottom + GAP_PX : top + BELOW_BADGE_PX;
  };

  /** Inside the window whatever its size: nothing of the panel may be out of reach. */
  const place = (): void => {
    const { offsetWidth, offsetHeight } = element;
    const within = (wanted: number, room: number): string => `${Math.max(GAP_PX, Math.min(wanted, room - GAP_PX))}px`;
    element.style.left = within(at.left, innerWidth - offsetWidth);
    element.style.top = within(at.top, innerHeight - offsetHeight);
  };

  const content = ({ news, manifest, crops, seek, ...reads }: PanelVideo): (Node | null)[] => {
    const { label } = news;
    if (label === null) return [h('p', 'line', news.lost ? reason('engine-unavailable') : t('starting'))];
    return [...lanes(label, { manifest: manifest(), crops: crops(), reads, seek }), footer(label, element)];
  };

  const update = (): void => {
    if (video === null) return;
    refresh(body, root, ...content(video));
    place();
  };

  const close = (giveFocusBack: boolean): void => {
    const closed = video;
    video = null;
    element.hidden = true;
    window.removeEventListener('resize', place);
    if (giveFocusBack) closed?.focusBack();
  };

  return {
    element,
    open: (of, lane, near) => {
      video = of;
      at = { left: (near?.left ?? 0) + GAP_PX, top: below(near?.top ?? 0) };
      element.hidden = false;
      window.addEventListener('resize', place);
      fill(body);
      update();
      element.focus({ preventScroll: true });
      if (lane === 'likelihood') body.querySelector('[data-lane=likelihood]')?.scrollIntoView({ block: 'nearest' });
    },
    update,
    close,
    shows: () => video,
    setMark: ({ symbol, colour }) => {
      mark.textContent = symbol;
      mark.style.color = colour;
    },
  };
}
