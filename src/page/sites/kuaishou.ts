import { declaredInItem } from './declared';

export const kuaishou = declaredInItem('article, [class*="short-video" i], [class*="video-detail" i]');
