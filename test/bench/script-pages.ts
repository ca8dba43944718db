/** Pages that the content script's cost is measured on, and what happens on them. */
import { page } from '../e2e/support/pages';

/** The extension's page with `window.assay`. */
export const CONTROL = 'label.html';

const NODES = 1_500;
const VIDEOS = 50;
const PER_SECOND = 1_000;
export const BUSY_S = 10;

/** Nodes as a page has them: nested, with text and attributes, no video. */
const nodes = Array.from(
  { length: NODES / 3 },
  (_, i) => `<div class="c${String(i)}"><p>Text <b>${String(i)}</b></p></div>`,
);

/** Fifty small players of one small file; those that are seen play. */
const videos = Array.from(
  { length: VIDEOS },
  (_, i) => `<video controls muted loop autoplay preload="auto" src="/idle.mp4?${String(i)}"></video>`,
);

/** Scrolls down and up again, a step each frame. */
export const SCROLL = `async (seconds) => {
  const end = performance.now() + seconds * 1000;
  let step = 12;
  while (performance.now() < end) {
    await new Promise(requestAnimationFrame);
    const before = scrollY;
    scrollBy(0, step);
    if (scrollY === before) step = -step;
  }
}`;

/** Adds nodes in portions of a twentieth of a second, and takes old ones away. */
export const ADD = `async (seconds) => {
  const end = performance.now() + seconds * 1000;
  const box = document.body.appendChild(document.createElement('div'));
  let added = 0;
  const started = performance.now();
  while (performance.now() < end) {
    const due = ((performance.now() - started) / 1000) * ${String(PER_SECOND)};
    while (added < due) {
      const item = document.createElement('div');
      item.append(document.createElement('p'), document.createElement('span'));
      added += 3;
      box.append(item);
    }
    while (box.children.length > 500) box.firstChild.remove();
    await new Promise((done) => setTimeout(done, 50));
  }
  return added;
}`;

export const PAGES = {
  '/plain': page(nodes.join('\n')),
  '/videos': page(`<style>video{width:320px;height:180px}</style>${videos.join('\n')}`),
};
