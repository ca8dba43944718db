/**
 * Where the content scripts of a frame meet: the one that finds videos is in every frame and small;
 * the one that treats them comes once a video was found, the panel once it is opened. The places lie
 * in the isolated world of the extension, out of the page's reach.
 */
import type { Part } from '../contract/messages';

const world = globalThis as Record<symbol, ((value: never) => void) | undefined>;
const placeOf = (part: Part): symbol => Symbol.for(`assay.part.${part}`);

/** Opens the place for a part; one that an earlier life of the extension had opened is forgotten. */
export function openSlot<T>(part: Part): Promise<T> {
  return new Promise((resolve) => {
    world[placeOf(part)] = resolve;
  });
}

/** Puts in what the frame waits for. Where nobody waits, nothing happens. */
export function fillSlot<T>(part: Part, value: T): void {
  world[placeOf(part)]?.(value as never);
}
