/** What a script in a page has to know before it shows anything: the further settings, and the language. Wiring only. */
import type { Extras } from '../contract/extras';
import { send } from '../platform/messaging';
import { readExtras } from '../platform/storage';
import { useTexts } from '../platform/texts';

export async function pageExtras(): Promise<Extras> {
  const extras = await readExtras();
  if (extras.language !== 'browser') useTexts(await send('texts', null));
  return extras;
}
