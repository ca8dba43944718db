/** Memory of the process in which the extension lives, as the kernel counts it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { BrowserName } from '../../src/cli/drive/driver';

interface Process {
  pid: number;
  parent: number;
}

/** All descendants of this process: the browsers that the bench started. */
function descendants(): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line): Process => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent };
  });
  const found = [process.pid];
  for (const at of found) found.push(...all.flatMap(({ pid, parent }) => (parent === at ? [pid] : [])));
  return found;
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended
  }
}

/** Chromium marks the process on its command line, Firefox by its name. */
const IS_EXTENSION: Record<BrowserName, (pid: number) => boolean> = {
  chromium: (pid) => text(`/proc/${pid}/cmdline`).includes('--extension-process'),
  firefox: (pid) => text(`/proc/${pid}/comm`).startsWith('WebExtensions'),
};

export interface Memory {
  /** Pages that no other process has, MB. */
  own: number;
  /** Resident in all, shared libraries and the browser's own code included, MB. */
  resident: number;
}

/** @returns null when there is no such process */
export function extensionMemory(browser: BrowserName): Memory | null {
  const rolls = descendants()
    .filter(IS_EXTENSION[browser])
    .map((pid) => text(`/proc/${pid}/smaps_rollup`));
  const read = rolls.filter((roll) => roll !== '');
  if (read.length === 0) return null;
  const kb = (name: string): number =>
    read.reduce((sum, roll) => sum + Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(roll)?.[1] ?? 0), 0);
  return { own: (kb('Private_Clean') + kb('Private_Dirty')) / 1024, resident: kb('Rss') / 1024 };
}
