/** Facebook: a small button "AI info" in the post. Its class names are scrambled; its role and its words are not. */
import { noticeInPost } from './post';
import { quote } from './reader';
import type { SiteReader } from './reader';
import { AI_INFO, isPhrase } from './words';

const POST = '[role="article"]';
/** What people write, and cards of pages that they link to. */
const NEVER =
  '[data-ad-preview="message"], [data-ad-comet-preview="message"], blockquote, a[href*="/l.php"], h1, h2, h3';

export const facebook: SiteReader = ({ video }) => {
  const found = noticeInPost(
    video,
    POST,
    NEVER,
    (element) => isPhrase(AI_INFO, element.textContent) && element.closest('[role="button"]') !== null,
  );
  return found === null ? null : { says: 'ai-used', value: quote(found.textContent), where: 'post' };
};
