/** Content script of frames with a video on sites that have notices of their own. Wiring only. */
import { fillSlot } from '../page/slot';
import { watchNotices } from '../page/sites/watch';
import type { WatchNotice } from '../page/sites/watch';

const watch = watchNotices(location.hostname);
if (watch !== null) fillSlot<WatchNotice>('sites', watch);
