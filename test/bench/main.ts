/** Runs the parts of the bench, one after the other, in each browser. */
import type { BrowserName } from '../../src/cli/drive/driver';
import { PARTS } from './parts';
import { cell, load, report } from './report';
import type { Results } from './report';
import { startBenchServer } from './server';
import { failed } from './stats';

export interface Options {
  media: string;
  runs: number;
  browsers: BrowserName[];
  /** Parts; none: all. */
  only: string[];
  commit: string;
}

export const parts = Object.keys(PARTS);

/** @returns the report, as Markdown */
export async function main({ media, runs, browsers, only, commit }: Options): Promise<string> {
  const web = await startBenchServer(media);
  const say = (text: string): void => void process.stderr.write(`  ${text}\n`);
  const before = load();
  const results: Results = {};
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (only.length > 0 && !only.includes(name)) continue;
      for (const browser of browsers) {
        process.stderr.write(`${name}, ${browser}\n`);
        const result = await part.run({ browser, runs, web, media, say }).catch((error: unknown) => {
          say(String(error));
          return [failed('this part', 'ms', error)];
        });
        for (const measure of result) say(`${measure.name}: ${cell(measure)}`);
        (results[name] ??= {})[browser] = result;
      }
    }
  } finally {
    await web.close();
  }
  return report(results, runs, before, commit);
}
