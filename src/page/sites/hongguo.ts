import { declaredInItem } from './declared';

export const hongguo = declaredInItem('article, [class*="player-page" i], [class*="video-detail" i]');
