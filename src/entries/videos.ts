/** Content script of frames with a video, brought in at the first sign of one. Wiring only. */
import { fillSlot } from '../page/slot';
import { pageExtras } from './page-extras';
import { frameRunner } from './page-frame';
import type { RunFrame } from './page-frame';

void pageExtras().then((extras) => {
  fillSlot<RunFrame>('videos', frameRunner(extras));
});
