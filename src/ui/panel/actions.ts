/** What was done in a step of the history, in words. Names that nobody here knows are shown as they are. */
import type { HistoryAction } from '../../contract/label';
import { known } from '../details';
import { h } from '../h';
import { t, when } from '../text';

/** Actions of C2PA that have words; the others are rare, or speak for themselves. */
const WORDS = [
  'created',
  'opened',
  'edited',
  'placed',
  'published',
  'converted',
  'transcoded',
  'repackaged',
  'cropped',
  'resized',
  'trimmed',
  'filtered',
];

/** Kinds of source that have words, by the names of IPTC. */
const SOURCES = new Map([
  ['trainedAlgorithmicMedia', 'says_ai_generated'],
  ['compositeWithTrainedAlgorithmicMedia', 'says_ai_edited'],
  ['compositeSynthetic', 'says_ai_edited'],
  ['digitalCapture', 'says_captured'],
  ['computationalCapture', 'says_captured'],
]);

function actionName(action: string): string {
  const name = action.replace(/^c2pa\./, '');
  return WORDS.includes(name) ? t(`action_${name}`) : action;
}

const sourceName = (type: string): string => known(SOURCES.get(type) ?? null, (key) => t(key)) ?? type;

export function actionItem({ action, source_type, when: at }: HistoryAction): HTMLElement {
  const parts = [actionName(action), known(source_type, sourceName), known(at, when)];
  const shown = parts.filter((part) => part !== null && part !== '');
  return h('li', {}, ...shown.flatMap((part, i) => [i === 0 ? null : ' · ', h('bdi', {}, part)]));
}
