/** What every part of the bench is given. */
import type { BrowserName } from '../../src/cli/drive/driver';
import type { BenchServer } from './server';

export interface Bench {
  browser: BrowserName;
  runs: number;
  web: BenchServer;
  /** Folder of the media. */
  media: string;
  say(text: string): void;
}
