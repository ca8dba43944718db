/** Small texts in the post that holds a video: what every site of posts has in common. */

/** A notice is short. */
const MAX_WORDS = 48;
/** Elements of one post that are looked at. */
const MAX_ELEMENTS = 1_000;

/** Elements that hold one short text and nothing else, in the order of the document. */
function* smallTexts(root: Element): Generator<Element> {
  let count = 0;
  for (const element of root.querySelectorAll('span, div, a, p')) {
    if (count++ > MAX_ELEMENTS) return;
    if (element.childElementCount > 0) continue;
    const { length } = element.textContent;
    if (length > 0 && length <= MAX_WORDS) yield element;
  }
}

/**
 * The first small text of a post that counts. Posts lie in posts (quotes, comments): what belongs to an inner one
 * is not said of the outer one.
 * @param post selects posts, quotes and comments
 * @param never selects parts that people write themselves
 */
export function noticeInPost(
  video: Element,
  post: string,
  never: string,
  counts: (element: Element) => boolean,
): Element | null {
  const own = video.closest(post);
  if (own === null) return null;
  for (const element of smallTexts(own)) {
    if (counts(element) && element.closest(post) === own && element.closest(never) === null) return element;
  }
  return null;
}
