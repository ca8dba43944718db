/** How good the estimate is, in numbers: how often camera videos reach a band. */
import { rows } from '../details';
import { h } from '../h';
import { number, t } from '../text';
import { asFacts, fact, factsIn, readJson } from './facts';
import type { Facts } from './facts';

function numberIn(facts: Facts | null, name: string): number | null {
  const value = facts?.[name];
  return typeof value === 'number' ? value : null;
}

/** How many camera sources reach `strong`, what that rate is at most, and how many generated videos are found. */
function figures(model: Facts): HTMLElement[] {
  const alarms = factsIn(model, 'false_alarms');
  const [sources, wrong, upper] = [
    numberIn(alarms, 'sources'),
    numberIn(alarms, 'at_strong'),
    numberIn(alarms, 'at_strong_upper95'),
  ];
  const hits = factsIn(model, 'figures');
  const [strong, some] = [numberIn(hits, 'hit_rate_strong'), numberIn(hits, 'hit_rate_some')];
  const percent = (rate: number): string => number(rate * 100, 1);
  return [
    ...(wrong !== null && sources !== null ? [h('p', {}, t('model_alarms', number(wrong), number(sources)))] : []),
    ...(upper !== null && upper > 0 ? [h('p', {}, t('model_upper', number(Math.floor(1 / upper))))] : []),
    ...(strong !== null && some !== null ? [h('p', {}, t('model_hits', percent(strong), percent(some)))] : []),
  ];
}

export async function modelFigures(): Promise<HTMLElement> {
  const model = asFacts(await readJson('/model/model.json'));
  const section = h('section', {}, h('h2', {}, t('model_title')), h('p', {}, t('model_lead')));
  if (model === null) {
    section.append(h('p', 'dim', t('model_none')));
    return section;
  }
  const facts = rows({
    row_model: fact(model, 'id'),
    model_sha: fact(model, 'sha256'),
    trust_licence: fact(factsIn(model, 'licences') ?? model, 'model', 'licence'),
  });
  section.append(...figures(model), facts ?? '');
  return section;
}
