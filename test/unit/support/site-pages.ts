/** The table of hand-made pages of sites with AI notices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NoticeSays, NoticeSite } from '../../../src/contract/notices';

export interface SitePage {
  /** Whose reader is at work; null on hosts that have none. */
  site: NoticeSite | null;
  page: string;
  what: string;
  url: string;
  /** What the site says of the page's video; null: the reader is silent. */
  notice: { says: NoticeSays; value: string; where: string } | null;
}

const FOLDER = 'test/fixtures/pages/sites';

export const sitePages = (JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as { cases: SitePage[] }).cases;

export const htmlOf = ({ page }: SitePage): string => readFileSync(join(FOLDER, page), 'utf8');
