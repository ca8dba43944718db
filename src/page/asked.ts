/**
 * A video that the user asks for by the context menu goes to the script that treats videos; where that one is not
 * there yet, the video waits for it. The place lies in the isolated world of the extension.
 */
import { onAbort } from './on-abort';

type Take = (video: HTMLVideoElement) => void;

const PLACE = Symbol.for('assay.ask');
const world = globalThis as { [PLACE]?: Take | HTMLVideoElement };

/** @returns false when it has to wait */
export function ask(video: HTMLVideoElement): boolean {
  const take = world[PLACE];
  if (typeof take === 'function') {
    take(video);
    return true;
  }
  world[PLACE] = video;
  return false;
}

export function takeAsked(take: Take, signal: AbortSignal): void {
  const waiting = world[PLACE];
  world[PLACE] = take;
  onAbort(signal, () => {
    if (world[PLACE] === take) delete world[PLACE];
  });
  if (waiting instanceof HTMLVideoElement) take(waiting);
}
