/** Third lane of the panel: what the picture looks like to the model, and how often that is wrong. */
import type { Band, Estimate, Label } from '../../contract/label';
import { estimateReason, likelihoodText } from '../../contract/words';
import { translate } from '../../platform/texts';
import { fold, known, note, rows } from '../details';
import { h } from '../h';
import { clock, number, reason, t } from '../text';

/** Lowest first; not the list of the label's schema, which would bring the whole schema along. */
const SCALE: readonly Band[] = ['few', 'some', 'strong'];

function scale(band: Band): HTMLElement {
  const cell = (name: Band): HTMLElement =>
    h('li', { 'aria-current': name === band ? 'true' : null }, t(`band_${name}`));
  return h('ol', 'scale', ...SCALE.map(cell));
}

/** Goes to a point of the video; null where no video is. */
export type Seek = ((seconds: number) => void) | null;

const seekButton = (w: Estimate['windows'][number], i: number, seek: (seconds: number) => void): HTMLElement =>
  h('button', {
    class: 'window',
    id: `window-${i}`,
    'aria-label': t('window_at', clock(w.from_s), clock(w.to_s)),
    click: () => {
      seek(w.from_s);
    },
  });

/** One button a window, over the length of the video; pressing it goes there. */
function timeline({ windows }: Estimate, duration_s: number, seek: Seek): HTMLElement {
  const button = (w: Estimate['windows'][number], i: number): HTMLElement => {
    const go = seek === null ? h('span', 'window') : seekButton(w, i, seek);
    const bar = h('span', 'level');
    bar.style.blockSize = `${8 + w.score * 92}%`;
    go.append(bar);
    const share = 100 / duration_s;
    go.style.cssText = `inset-inline-start:min(${w.from_s * share}%,100% - 24px);inline-size:${(w.to_s - w.from_s) * share}%`;
    return go;
  };
  return h(
    'div',
    {},
    h('div', { class: 'timeline', role: 'group', 'aria-label': t('timeline') }, ...windows.map(button)),
    h('p', 'ends dim', h('span', {}, '0:00'), h('span', {}, clock(duration_s))),
  );
}

function heat(map: number[][]): HTMLElement {
  const grid = h('div', { class: 'map', role: 'img', 'aria-label': t('map_name') });
  grid.style.gridTemplateColumns = `repeat(${map[0]?.length ?? 1}, 1fr)`;
  const most = Math.max(...map.flat(), Number.EPSILON); // cells that speak against it stay empty
  for (const value of map.flat()) {
    const cell = h('span');
    cell.style.opacity = `${Math.max(0, value / most)}`;
    grid.append(cell);
  }
  return grid;
}

/** Parts of the model that have words. */
const CUES = ['scene', 'texture', 'likeness', 'detail', 'traces'];
const cueName = (cue: string): string => (CUES.includes(cue) ? t(`cue_${cue}`) : cue);

function facts(e: Estimate): HTMLElement | null {
  const list = rows({
    row_score: known(e.score, (score) => t('score_of_one', number(score, 2))),
    row_looked: e.coverage_s > 0 ? t('looked_at', number(e.coverage_s, 1), e.windows.length) : null,
    row_cues: e.cues.map(({ cue, score }) => `${cueName(cue)} ${number(score, 2)}`).join(', '),
    row_model: e.model?.id ?? null,
  });
  return known(list, (dl) => fold('facts', t('details'), dl, note(t('note_score'))));
}

function whyNot(label: Label): string {
  if (label.estimate.reason === 'not-playing') return t('explain_not_playing');
  return known(estimateReason(label), translate) ?? '';
}

export function estimateLane(label: Label, seek: Seek): HTMLElement {
  const e = label.estimate;
  const { duration_s } = label.subject;
  const words = likelihoodText(e);
  const answered = e.state === 'answered' && e.band !== null ? e.band : null;
  const end = duration_s ?? e.windows.at(-1)?.to_s ?? 0;
  return h(
    'section',
    { 'data-lane': 'likelihood' },
    h('h2', {}, t('lane_estimate')),
    h('p', 'line', words === null ? reason('switched-off') : translate(words)),
    known(answered, scale),
    note(answered === null ? whyNot(label) : t(`explain_band_${answered}`)),
    e.windows.length > 0 && end > 0 ? timeline(e, end, seek) : null,
    known(e.map, (map) => fold('map', t('map_name'), heat(map), note(t('note_map')))),
    facts(e),
  );
}
