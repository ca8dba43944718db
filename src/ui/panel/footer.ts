/** The end of the panel: what can be done with the label. */
import type { Label } from '../../contract/label';
import type { LabelPage } from '../../contract/messages';
import { send } from '../../platform/messaging';
import { copyText } from '../copy';
import { action, note } from '../details';
import { fill, h } from '../h';
import { t } from '../text';

/** @param home where a field for copying may be put */
export function footer(label: Label, home: Node): HTMLElement {
  const opens = (page: LabelPage, words: string): HTMLElement =>
    action(page, words, () => void send('label.page', { page, label }));
  return h(
    'footer',
    {},
    h(
      'div',
      'actions-row',
      action('copy', t('copy_json'), (button) => {
        const done = copyText(JSON.stringify(label, null, 1), home);
        button.style.minInlineSize = `${button.getBoundingClientRect().width}px`; // nothing beside it moves
        fill(button, t(done ? 'copied' : 'copy_failed'));
        button.focus();
      }),
      opens('report', t('save_report')),
      opens('wrong-label', t('report_wrong')),
    ),
    note(t('note_limits')),
  );
}
