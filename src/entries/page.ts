/** Content script of every frame. Wiring only. */
import { removeStaleHosts } from '../page/host';
import { runFrame } from './page-frame';

/** A second injection into the same world finds the first one at work. */
const LIFE = Symbol.for('assay.page');
const world = globalThis as { [LIFE]?: boolean };

if (world[LIFE] !== true) {
  world[LIFE] = true;
  removeStaleHosts();
  runFrame(() => {
    world[LIFE] = false;
  });
}
