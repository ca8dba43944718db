/** A mark that was found as a statement of the label. */
import type { Disclosure } from '../../contract/label';
import type { Box } from './types';
import type { FoundMark } from './vote';

const round = (value: number): number => Number(value.toFixed(3));

function partsOf(
  { x, y, width, height }: Box,
  size: { width: number; height: number },
): [number, number, number, number] {
  return [round(x / size.width), round(y / size.height), round(width / size.width), round(height / size.height)];
}

/** @param size of the pictures that were read */
export function disclosureOf({ match, best, times_s }: FoundMark, size: { width: number; height: number }): Disclosure {
  const { mark, says, words } = match;
  const text = best.text.trim();
  return {
    kind: 'visible-mark',
    says,
    value: mark === null ? (words ?? text) : `${mark.name} mark`,
    where: times_s.map((time) => `${round(time)} s`).join(', '),
    by: 'picture',
    mark: {
      id: mark?.id ?? 'statement',
      name: mark?.name ?? null,
      owner: mark?.owner ?? null,
      text,
      times_s: times_s.map(round),
      box: partsOf(best.box, size),
    },
  };
}
