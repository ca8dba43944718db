/** The signed history as a tree. All strings come from the file: text only. */
import type { HistoryAction, HistoryStep } from '../../contract/label';
import { underscored } from '../../contract/words';
import { h } from '../h';
import { t, when } from '../text';

/** Deeper steps than this are counted, not shown. */
const MAX_DEPTH = 8;

function actionWords({ action, source_type, when: at }: HistoryAction): string {
  const parts = [action];
  if (source_type !== null) parts.push(`(${source_type})`);
  if (at !== null) parts.push(when(at));
  return parts.join(' ');
}

function heading(step: HistoryStep): string {
  const parts = [step.title ?? t('step_untitled'), step.tool, step.issuer === null ? null : t('signed_by', step.issuer)];
  if (step.signed_at !== null) parts.push(when(step.signed_at));
  if (step.state !== null) parts.push(t(`step_${underscored(step.state)}`));
  return parts.filter((part) => part !== null).join(' · ');
}

function item(step: HistoryStep, depth: number): HTMLElement {
  const relation = step.relationship === null ? null : h('span', { class: 'dim' }, relationWords(step.relationship));
  const actions = step.actions.map((a) => h('li', { class: 'dim', attrs: { dir: 'auto' } }, actionWords(a)));
  return h(
    'li',
    {},
    relation,
    h('span', { attrs: { dir: 'auto' } }, heading(step)),
    actions.length > 0 ? h('ul', {}, ...actions) : null,
    historyList(step.ingredients, depth + 1),
  );
}

function relationWords(relationship: string): string {
  if (relationship === 'parentOf') return t('relation_parent');
  return relationship === 'componentOf' ? t('relation_component') : t('relation_input');
}

/** @returns null for an empty history */
export function historyList(steps: HistoryStep[], depth = 0): HTMLElement | null {
  if (steps.length === 0) return null;
  if (depth >= MAX_DEPTH) return h('p', { class: 'dim' }, t('history_more', steps.length));
  return h('ul', { class: 'history' }, ...steps.map((step) => item(step, depth)));
}
