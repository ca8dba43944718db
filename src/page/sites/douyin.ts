import { declaredInItem } from './declared';

export const douyin = declaredInItem(
  '[data-e2e="video-detail"], [data-e2e="feed-active-video"], [data-e2e="feed-item"]',
);
