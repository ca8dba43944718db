/** A built-in sample with the badge and panel that a page would show: the way that every label comes. */
import type { Subject } from '../../contract/label';
import type { RawManifest } from '../../contract/messages';
import type { Mark } from '../../contract/settings';
import { engineClient } from '../../platform/engine-client';
import { readSettings } from '../../platform/storage';
import { language } from '../../platform/texts';
import { createBadge } from '../badge/badge';
import type { Lane } from '../badge/badge';
import badgeCss from '../badge/badge.css?inline';
import type { BadgeNews } from '../badge/view';
import { h } from '../h';
import boxCss from '../panel/box.css?inline';
import lanesCss from '../panel/lanes.css?inline';
import { createPanel } from '../panel/panel';
import type { PanelVideo } from '../panel/panel';
import { t } from '../text';
import css from './sample.css?inline';

const FILE = '/selftest/sample.mp4';
const NAME = 'sample.mp4';
const SUBJECT: Subject = {
  kind: 'file',
  input: NAME,
  page: null,
  frame: null,
  media: NAME,
  index: 0,
  width: null,
  height: null,
  duration_s: null,
};

interface Stage {
  element: HTMLElement;
  news: BadgeNews;
  /** What the manifest store holds beside the label. */
  keep(manifest: RawManifest | null): void;
  changed(): void;
}

function stage(mark: Mark): Stage {
  const element = h('div');
  const root = element.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(badgeCss + boxCss + lanesCss + css);
  root.adoptedStyleSheets = [sheet];

  const news: BadgeNews = { label: null, settled: false, progress: null, lost: false };
  const video = h('video', { src: FILE, controls: true, loop: true, playsinline: true, preload: 'auto' });
  let manifest: RawManifest | null = null;
  let lastLane: Lane = 'provenance';
  const panel = createPanel(root);
  const badge = createBadge(0, (lane) => {
    lastLane = lane;
    if (panel.shows() === null) panel.open(source, lane, element.getBoundingClientRect());
    else panel.close(true);
  });
  const source: PanelVideo = {
    news,
    manifest: () => manifest,
    crops: () => [], // nothing is written on the sample's picture
    readAll: () => undefined, // the whole sample is read as it is
    readRemote: () => undefined,
    seek: (seconds) => {
      video.currentTime = seconds;
    },
    focusBack: () => {
      badge.focus(lastLane);
    },
  };
  badge.setMark(mark);
  panel.setMark(mark);
  element.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') panel.close(true);
  });
  root.append(h('div', { class: 'assay', ...language() }, h('div', 'stage', video, badge.element), panel.element));
  return {
    element,
    news,
    keep: (found) => {
      manifest ??= found;
    },
    changed: () => {
      badge.update(news);
      panel.update();
    },
  };
}

async function show(): Promise<HTMLElement> {
  const { mark, estimate, limitMb } = await readSettings();
  const shown = stage(mark);
  const blob = await (await fetch(FILE)).blob();
  const media = { kind: 'blob' as const, name: NAME, blob };
  engineClient().open(
    { job: NAME, subject: SUBJECT, media, frames: estimate ? 'engine' : 'off', limitBytes: limitMb * 1e6 },
    {
      label: ({ label, settled, progress, manifest }) => {
        Object.assign(shown.news, { label, settled, progress });
        shown.keep(manifest);
        shown.changed();
      },
      lost: () => {
        Object.assign(shown.news, { lost: true, settled: true });
        shown.changed();
      },
    },
  );
  shown.changed();
  return shown.element;
}

export function sampleSection(): HTMLElement {
  const place = h('div');
  const button = h('button', { class: 'main' }, t('sample_try'));
  button.addEventListener('click', () => {
    button.remove();
    void show().then((element) => {
      place.append(element);
    });
  });
  place.append(button);
  return h('section', {}, h('h2', {}, t('sample_title')), h('p', {}, t('sample_lead')), place);
}
