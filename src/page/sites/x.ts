/** X: a line "Made with AI" in the post; a quoted post is a post of its own. */
import { noticeInPost } from './post';
import { quote } from './reader';
import type { SiteReader } from './reader';
import { isPhrase, MADE_WITH_AI } from './words';

/** A quoted post is drawn as one large link. */
const POST = 'article, div[role="link"]';
/**
 * What people write, their names, cards of other sites, and the row of buttons. Links within X lead to people, communities
 * and places, and bear their names: whoever reposts a video must not name it by what they call themselves.
 */
const NEVER =
  '[data-testid="tweetText"], [data-testid="User-Name"], [data-testid="socialContext"], [data-testid="birdwatch-pivot"], [data-testid^="card."], [role="group"], [aria-label*="Grok"], a[href^="/"]';

export const x: SiteReader = ({ video }) => {
  const found = noticeInPost(video, POST, NEVER, (element) => isPhrase(MADE_WITH_AI, element.textContent));
  return found === null ? null : { says: 'ai-used', value: quote(found.textContent), where: 'post' };
};
