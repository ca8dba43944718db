/** How good the estimate is, in numbers: how often camera videos reach a band. */
import { row } from '../details';
import { h } from '../h';
import { number, t } from '../text';
import { asFacts, fact, factsIn, readJson } from './facts';
import type { Facts } from './facts';

function numberOf(facts: Facts | null, ...names: string[]): number | null {
  const text = facts === null ? null : fact(facts, ...names);
  const value = text === null ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** False alarms at `strong`: how many of how many, and what the rate is at most. */
function alarms(model: Facts): HTMLElement[] {
  const figures = factsIn(model, 'false_alarms') ?? factsIn(model, 'figures') ?? factsIn(model, 'test');
  const strong = factsIn(figures, 'strong') ?? figures;
  const wrong = numberOf(strong, 'false_alarms', 'alarms', 'wrong', 'k');
  const sources = numberOf(strong, 'sources', 'videos', 'n');
  const upper = numberOf(strong, 'upper_bound', 'upper', 'upper_95');
  return [
    ...(wrong !== null && sources !== null ? [h('p', {}, t('model_alarms', number(wrong), number(sources)))] : []),
    ...(upper !== null && upper > 0 ? [h('p', {}, t('model_upper', number(1 / upper)))] : []),
  ];
}

export async function modelFigures(): Promise<HTMLElement> {
  const model = asFacts(await readJson('/model/model.json'));
  const section = h('section', {}, h('h2', {}, t('model_title')), h('p', {}, t('model_lead')));
  if (model === null) {
    section.append(h('p', { class: 'dim' }, t('model_none')));
    return section;
  }
  section.append(
    ...alarms(model),
    h(
      'dl',
      {},
      ...row(t('row_model'), fact(model, 'id')),
      ...row(t('model_sha'), fact(model, 'sha256')),
      ...row(t('trust_licence'), fact(model, 'licence', 'license')),
    ),
  );
  return section;
}
