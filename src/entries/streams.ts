/** Content script of frames in which the page has made a stream. Wiring only. */
import { followStream } from '../page/follow-stream';
import type { FollowStream } from '../page/follow-stream';
import { fillSlot } from '../page/slot';

fillSlot<FollowStream>('streams', followStream);
