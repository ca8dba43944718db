/** The signed history as a tree. All strings come from the file: text only. */
import type { CredentialState, HistoryAction, HistoryStep } from '../../contract/label';
import { h } from '../h';
import { t, when } from '../text';

/** Deeper steps than this are counted, not shown. */
const MAX_DEPTH = 8;

/** What is said of a step's own state; nothing of the states that a step can't be blamed for. */
const STEP_KEYS: Partial<Record<CredentialState, string>> = {
  trusted: 'step_intact',
  'trusted-interim': 'step_intact',
  'trusted-user': 'step_intact',
  unrecognised: 'step_stranger',
  changed: 'step_changed',
  malformed: 'step_malformed',
};

function actionWords({ action, source_type, when: at }: HistoryAction): string {
  const parts = [action];
  if (source_type !== null) parts.push(`(${source_type})`);
  if (at !== null) parts.push(when(at));
  return parts.join(' ');
}

function heading(step: HistoryStep): string {
  const parts = [step.title ?? t('step_untitled'), step.tool, step.issuer === null ? null : t('signed_by', step.issuer)];
  if (step.signed_at !== null) parts.push(when(step.signed_at));
  const state = step.state === null ? undefined : STEP_KEYS[step.state];
  if (state !== undefined) parts.push(t(state));
  return parts.filter((part) => part !== null).join(' · ');
}

function item(step: HistoryStep, depth: number): HTMLElement {
  const relation = step.relationship === null ? null : h('span', { class: 'dim' }, relationWords(step.relationship));
  const actions = step.actions.map((a) => h('li', { class: 'dim', attrs: { dir: 'auto' } }, actionWords(a)));
  return h(
    'li',
    {},
    relation,
    h('bdi', {}, heading(step)),
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
