/** Content script that answers the popup, brought in when one is first opened. Wiring only. */
import { popupLine } from '../page/popup-line';
import type { MakePopupLine } from '../page/popup-line';
import { fillSlot } from '../page/slot';

fillSlot<MakePopupLine>('rows', popupLine);
