/** Which reader reads which site. */
import type { NoticeSite } from '../../contract/notices';
import { bilibili } from './bilibili';
import { douyin } from './douyin';
import { facebook } from './facebook';
import { hongguo } from './hongguo';
import { instagram } from './instagram';
import { kuaishou } from './kuaishou';
import type { SiteReader } from './reader';
import { tiktok } from './tiktok';
import { x } from './x';
import { youtube } from './youtube';

export const SITE_READERS: Record<NoticeSite, SiteReader> = {
  youtube,
  tiktok,
  instagram,
  facebook,
  x,
  bilibili,
  douyin,
  kuaishou,
  hongguo,
};
