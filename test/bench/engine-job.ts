/** A job at the engine's own port, from an extension page: every news of it, with its time. */
import type { Assay } from '../e2e/support/launch';
import { pause } from './stats';

const API = '(globalThis.browser ?? globalThis.chrome)';
const ask = (name: string): string => `${API}.runtime.sendMessage({ to: 'background', name: '${name}', input: null })`;

/** Source of a function that opens a job; runs in an extension page. */
export const ENGINE_JOB = `async ({ media, frames, pictures, width = null, height = null }) => {
  await ${ask('engine.ensure')};
  const port = ${API}.runtime.connect({ name: 'assay-engine' });
  const news = [];
  let heard = () => undefined;
  port.onMessage.addListener((message) => {
    if (message.type !== 'label') return;
    news.push({ ...message, at: performance.now() });
    heard();
  });
  const subject = { kind: 'file', input: null, page: null, frame: null, media: 'bench', index: 0, width, height, duration_s: null };
  const opened = performance.now();
  port.postMessage({ type: 'open', job: '1', subject, media, frames, pictures, limitBytes: 256e6, known: null });
  return {
    opened,
    news,
    post: (message) => port.postMessage({ ...message, job: '1' }),
    until: (test, limit) => new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('the engine said nothing for ' + limit + ' ms')), limit);
      heard = () => { if (news.some(test)) resolve(news.find(test)); };
      heard();
    }),
    close: () => port.disconnect(),
  };
}`;

/** Ends the engine with its workers, and the background. */
export async function restartEngine(assay: Assay): Promise<void> {
  await assay.control.evaluate(ask('engine.restart'));
  await assay.browser.stopBackground();
  await pause(500);
}
