/** The text about a wrong label. Addresses are in it only if the user wants them to be. */
import type { Label } from '../../contract/label';
import { t } from '../text';

/** Where the user was and what was watched there stays out. */
const withoutAddresses = (label: Label): Label => ({
  ...label,
  subject: { ...label.subject, input: null, page: null, frame: null, media: '' },
});

export function wrongLabelText(label: Label, own: string, withAddresses: boolean): string {
  const { headline, engine } = label;
  return [
    t('wrong_text_title', engine.extension, engine.browser),
    '',
    t('wrong_text_says', [headline.provenance, headline.likelihood].filter((part) => part !== '').join(' · ')),
    t('wrong_text_own', own.trim()),
    '',
    JSON.stringify(withAddresses ? label : withoutAddresses(label), null, 1),
  ].join('\n');
}
