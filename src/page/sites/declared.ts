/** Douyin, Kuaishou, Hongguo: the author's declaration as one exact phrase inside the item. */
import { noticeInPost } from './post';
import { quote } from './reader';
import type { SiteReader } from './reader';
import { declaredIn } from './words';

/** What viewers write, also across the picture. */
const COMMENTS =
  '[data-e2e*="comment" i], [class*="comment" i], [id*="comment" i], [class*="danmu" i], [class*="danmaku" i], [class*="barrage" i]';

/** @param item selects what holds one video with its texts */
export function declaredInItem(item: string): SiteReader {
  return ({ video }) => {
    const found = noticeInPost(video, item, COMMENTS, (element) => declaredIn(element.textContent) !== null);
    const says = found === null ? null : declaredIn(found.textContent);
    return found === null || says === null ? null : { says, value: quote(found.textContent), where: 'item' };
  };
}
