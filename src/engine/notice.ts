/** A notice that a page's reader hands over, as a disclosure. Frames are hostile: what doesn't fit is nothing. */
import * as v from 'valibot';
import type { Disclosure, Subject } from '../contract/label';
import { noticePlace, noticeSiteAt, noticeSites } from '../contract/notices';

const noticeSchema = v.object({
  site: v.picklist(noticeSites),
  says: v.picklist(['ai-generated', 'ai-used', 'possibly-ai']),
  value: v.pipe(v.string(), v.maxLength(200)),
  where: v.pipe(v.string(), v.regex(/^[a-z][a-z ]{0,39}$/)),
});

/**
 * @param notice as it came
 * @param subject a site speaks for its own pages only
 * @returns one disclosure or none
 */
export function disclosureOf(notice: unknown, { page, frame }: Subject): Disclosure[] {
  const { success, output } = v.safeParse(noticeSchema, notice);
  if (!success || noticeSiteAt(frame ?? page) !== output.site) return [];
  const { says, value } = output;
  return [{ kind: 'page-label', says, value, where: noticePlace(output), by: 'page' }];
}
