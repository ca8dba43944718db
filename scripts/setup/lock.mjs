/**
 * One command at a time sets up: two that are started at once in a fresh clone would write into each other's folders.
 * The lock is a folder that holds one empty file, named after the process. A folder can be moved onto an empty one
 * only, so taking it is one step; what a dead process has left can be removed by its name, never anyone else's.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const STEP_MS = 200;

const attempt = (work) => {
  try {
    return work();
  } catch {
    return undefined; // another process was faster
  }
};

function take(folder) {
  const mine = `${folder}.${process.pid}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine, { recursive: true });
  writeFileSync(join(mine, String(process.pid)), '');
  const taken = attempt(() => {
    renameSync(mine, folder);
    return true;
  });
  if (taken !== true) rmSync(mine, { recursive: true, force: true });
  return taken === true;
}

function release(folder, pid) {
  attempt(() => unlinkSync(join(folder, pid)));
  attempt(() => rmdirSync(folder));
}

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // somebody else's
  }
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/**
 * Does synchronous work while no other process does any under the same lock.
 * @param onWait called once with the other's process number when there is something to wait for
 */
export function withLock(folder, work, onWait) {
  mkdirSync(dirname(folder), { recursive: true });
  let told = false;
  while (!take(folder)) {
    const [owner] = attempt(() => readdirSync(folder)) ?? [];
    if (owner === undefined) continue;
    if (!isAlive(owner)) {
      release(folder, owner);
      continue;
    }
    if (!told) onWait(owner);
    told = true;
    sleep(STEP_MS);
  }
  try {
    return work();
  } finally {
    release(folder, String(process.pid));
  }
}
