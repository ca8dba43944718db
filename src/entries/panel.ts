/** Content script that is the panel, brought in when it is first opened. Wiring only. */
import { fillSlot } from '../page/slot';
import type { MountPanel } from './lazy-panel';
import { mountPanel } from './mount-panel';
import { pageExtras } from './page-extras';

void pageExtras().then(() => {
  fillSlot<MountPanel>('panel', mountPanel);
});
