/** Scrolls to videos that wait out of sight. */
import type { TabVideos } from './tab-videos';

/** A page without end has to stop somewhere. */
const MAX_SHOWN = 100;

type Row = ReturnType<TabVideos['rows']>[number];
const nameOf = ({ frame, id }: Row): string => `${frame}/${id}`;

export interface ShowEach {
  /** How many have no label: not scrolled to, or scrolled to and not loaded. */
  missed(rows: Row[]): { left: number; unloaded: number };
  /** Each once. @returns whether there was one to scroll to */
  showNext(rows: Row[]): boolean;
}

export function showEach(videos: Pick<TabVideos, 'show'>): ShowEach {
  const shown = new Set<string>();
  const waiting = (rows: Row[]): Row[] => rows.filter((row) => row.label === null && !shown.has(nameOf(row)));
  return {
    missed: (rows) => ({
      left: waiting(rows).length,
      unloaded: rows.filter((row) => row.label === null && row.loading && shown.has(nameOf(row))).length,
    }),
    showNext: (rows) => {
      const [next] = waiting(rows);
      if (next === undefined || shown.size >= MAX_SHOWN) return false;
      shown.add(nameOf(next));
      videos.show(next.frame, next.id);
      return true;
    },
  };
}
