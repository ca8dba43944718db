/** What can be verified of a stream: whole boxes, among them media with its index. */
import { boxesIn } from './boxes';

export function isWholeFragment(bytes: Uint8Array): boolean {
  const boxes = boxesIn(bytes, 0);
  return boxes.at(-1)?.end === bytes.length && ['moof', 'mdat'].every((type) => boxes.some((b) => b.type === type));
}
