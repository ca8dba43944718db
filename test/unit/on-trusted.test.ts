/** Events of a page's elements that the page made up itself. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onTrusted } from '../../src/page/on-trusted';

test('what the browser tells is heard, what was made up is not', () => {
  const stop = new AbortController();
  let heard = 0;
  // The end of a signal is an event that Node itself tells of.
  onTrusted(stop.signal, 'other abort', new AbortController().signal, () => heard++);
  stop.signal.dispatchEvent(new Event('abort'));
  stop.signal.dispatchEvent(new Event('other'));
  expect(heard).toBe(0);
  stop.abort();
  expect(heard).toBe(1);
});

test('a signal ends it', () => {
  const [stop, done] = [new AbortController(), new AbortController()];
  let heard = 0;
  onTrusted(stop.signal, 'abort', done.signal, () => heard++);
  done.abort();
  stop.abort();
  expect(heard).toBe(0);
});

test('nothing in the page listens to a video in another way', () => {
  for (const name of readdirSync('src/page').filter((file) => file.endsWith('.ts'))) {
    expect(readFileSync(`src/page/${name}`, 'utf8'), name).not.toMatch(
      /(?:video|element)\.(?:addEventListener|on[a-z]+ =)/,
    );
  }
});
