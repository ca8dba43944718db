/** The signed history as a tree. All strings come from the file: text only. */
import type { CredentialState, HistoryAction, HistoryStep } from '../../contract/label';
import { isSigned } from '../../contract/words';
import { known, note } from '../details';
import { h } from '../h';
import { t, when } from '../text';

/** Deeper steps than this are counted, not shown. */
const MAX_DEPTH = 8;

/** What is said of a step's own state; nothing of the states that a step can't be blamed for. */
const TOLD: readonly CredentialState[] = ['unrecognised', 'changed', 'malformed'];

function stateWords(state: CredentialState): string | null {
  if (isSigned(state)) return t('step_intact');
  return TOLD.includes(state) ? t(`step_${state}`) : null;
}

function actionWords({ action, source_type, when: at }: HistoryAction): string {
  const parts = [action];
  if (source_type !== null) parts.push(`(${source_type})`);
  if (at !== null) parts.push(when(at));
  return parts.join(' ');
}

function heading(step: HistoryStep): string {
  const parts = [
    step.title ?? t('step_untitled'),
    step.tool,
    known(step.issuer, (who) => t('signed_by', who)),
    known(step.signed_at, when),
    known(step.state, stateWords),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function item(step: HistoryStep, depth: number): HTMLElement {
  const relation = known(step.relationship, (r) => h('span', 'dim', relationWords(r)));
  const actions = step.actions.map((a) => h('li', { class: 'dim', dir: 'auto' }, actionWords(a)));
  return h(
    'li',
    {},
    relation,
    ' ',
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
  if (depth >= MAX_DEPTH) return note(t('history_more', steps.length));
  return h('ul', 'history', ...steps.map((step) => item(step, depth)));
}
