/** What was done in a step of the history, in words. Codes that nobody here knows are quoted as codes. */
import type { HistoryAction } from '../../contract/label';
import { actionText, sourceText } from '../../contract/history-words';
import type { Text } from '../../contract/words';
import { translate } from '../../platform/texts';
import { known } from '../details';
import { h } from '../h';
import { when } from '../text';

/** @param text its words; null: none are known */
const inWords = (code: string, text: Text | null): Node | string =>
  text === null ? h('code', {}, code) : translate(text);

export function actionItem({ action, source_type, when: at }: HistoryAction): HTMLElement {
  const parts = [
    inWords(action, actionText(action)),
    known(source_type, (type) => inWords(type, sourceText(type))),
    known(at, when),
  ];
  const shown = parts.filter((part) => part !== null && part !== '');
  return h('li', {}, ...shown.flatMap((part, i) => [i === 0 ? null : ' · ', h('bdi', {}, part)]));
}
