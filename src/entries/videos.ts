/** Content script of frames with a video, brought in at the first sign of one. Wiring only. */
import { fillSlot } from '../page/slot';
import { runFrame } from './page-frame';
import type { RunFrame } from './page-frame';

fillSlot<RunFrame>('videos', runFrame);
