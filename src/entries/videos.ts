/** Content script of frames with a video, brought in when the first was found. Wiring only. */
import { fillSlot } from '../page/slot';
import type { StartVideos } from '../page/videos';
import { lazyPanel } from './lazy-panel';
import { pageExtras } from './page-extras';
import { startVideos } from './page-videos';

void pageExtras().then((extras) => {
  fillSlot<StartVideos>('videos', (context) => startVideos(context, lazyPanel, extras));
});
