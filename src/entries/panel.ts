/** Content script that is the panel, brought in when it is first opened. Wiring only. */
import { fillSlot } from '../page/slot';
import type { MountPanel } from './lazy-panel';
import { mountPanel } from './mount-panel';

fillSlot<MountPanel>('panel', mountPanel);
