/** Videos that play in a loop, and the wait for what their frames say. */
import { expect } from 'vitest';
import type { Label } from '../../../src/contract/label';
import type { Tab } from '../../../src/cli/drive/driver';
import type { Assay } from './launch';

/** Where only the page's playing gives frames, a busy machine gets more than one chance. */
export const LOOPED = 'controls muted autoplay loop';

/** The label of the one video of a page, once it has an estimate: while a loop plays, further frames come. */
export async function onceAnswered(assay: Assay, tab: Tab): Promise<Label | undefined> {
  let label: Label | undefined;
  const state = async (): Promise<unknown> => {
    [label] = (await assay.labelsOf(tab, 1_000)) as Label[];
    return label?.estimate.state;
  };
  await expect.poll(state, { timeout: 60_000 }).toBe('answered');
  return label;
}
