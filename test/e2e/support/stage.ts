/** What most suites stand on: a server of pages, and a browser with the built extension. */
import { afterAll, beforeAll } from 'vitest';
import type { BrowserName, LaunchOptions } from '../../../src/cli/drive/driver';
import { launchAssay } from './launch';
import type { Assay } from './launch';
import { startTestServer } from './server';
import type { TestServer } from './server';

export interface Stage {
  assay: Assay;
  web: TestServer;
}

/**
 * Starts both before the tests of a suite, and ends them after.
 * @param ready takes them over; may do what is to be done before the first test
 * @param more `marks`: the picture reader, on by default for users, is on here too; it takes a second of a core a video
 */
export function onStage(
  name: BrowserName,
  ready: (stage: Stage) => void | Promise<void>,
  options: Partial<LaunchOptions> = {},
  more: { https?: boolean; marks?: boolean } = {},
): void {
  let stage: Stage;
  beforeAll(async () => {
    const web = await startTestServer(more);
    stage = { web, assay: await launchAssay(name, options) };
    if (more.marks !== true) await stage.assay.setSettings({ marks: false });
    await ready(stage);
  });
  afterAll(async () => {
    await stage.assay.close();
    await stage.web.close();
  });
}
