/**
 * The signed history as a tree: what happened in each step, with which tool, signed by whom, when, and in which state
 * it was. All strings come from the file: text only, each in its own direction.
 */
import type { CredentialState, HistoryStep } from '../../contract/label';
import { isSigned } from '../../contract/words';
import { known, note } from '../details';
import { h } from '../h';
import { t, when } from '../text';
import { actionItem } from './actions';
import { pictureOf } from './picture';

/** Deeper steps than this are counted, not shown. */
const MAX_DEPTH = 8;

/** What is said of a step's own state; nothing of the states that a step can't be blamed for. */
const TOLD: readonly CredentialState[] = ['unrecognised', 'changed', 'malformed'];

function stateWords(state: CredentialState): string | null {
  if (isSigned(state)) return t('step_intact');
  return TOLD.includes(state) ? t(`step_${state}`) : null;
}

function relationWords(relationship: string): string {
  if (relationship === 'parentOf') return t('relation_parent');
  return relationship === 'componentOf' ? t('relation_component') : t('relation_input');
}

/**
 * What is known of who, how and when; strings of files keep to themselves.
 * @param vouched the whole was signed by someone on a list, and is intact
 */
function origin({ tool, issuer, signed_at, state }: HistoryStep, vouched: boolean): HTMLElement | null {
  const isBroken = state !== null && !isSigned(state);
  const signer = vouched && !isBroken ? 'signed_by' : 'names_signer';
  const parts = [tool, known(issuer, (who) => t(signer, who)), known(signed_at, when), known(state, stateWords)];
  const shown = parts.filter((part) => part !== null);
  if (shown.length === 0) return null;
  return h('p', 'dim', ...shown.flatMap((part, i) => [i === 0 ? null : ' · ', h('bdi', {}, part)]));
}

const stepsIn = (steps: HistoryStep[]): number => steps.reduce((sum, step) => sum + 1 + stepsIn(step.ingredients), 0);

interface Tree {
  /** Gives the picture of the next step, from top to bottom. */
  next(): Blob | null;
  vouched: boolean;
}

function list(steps: HistoryStep[], tree: Tree, depth: number): HTMLElement | null {
  if (steps.length === 0) return null;
  if (depth >= MAX_DEPTH) {
    const hidden = stepsIn(steps);
    for (let i = 0; i < hidden; i++) tree.next();
    return note(t('history_more', hidden));
  }
  return h('ul', 'history', ...steps.map((step) => item(step, tree, depth)));
}

function item(step: HistoryStep, tree: Tree, depth: number): HTMLElement {
  const picture = tree.next();
  return h(
    'li',
    {},
    known(picture, pictureOf),
    h(
      'p',
      {},
      known(step.relationship, (r) => h('span', 'dim', relationWords(r), ' ')),
      h('bdi', {}, step.title ?? t('step_untitled')),
    ),
    origin(step, tree.vouched),
    step.actions.length > 0 ? h('ul', 'actions', ...step.actions.map(actionItem)) : null,
    list(step.ingredients, tree, depth + 1),
  );
}

/**
 * @param pictures of the steps, in the order of the tree
 * @param vouched the whole was signed by someone on a list, and is intact
 * @returns null for an empty history
 */
export function historyTree(steps: HistoryStep[], pictures: (Blob | null)[], vouched: boolean): HTMLElement | null {
  let at = 0;
  return list(steps, { next: () => pictures[at++] ?? null, vouched }, 0);
}
