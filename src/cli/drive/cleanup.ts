/** Whatever happens to this process, no browser and no profile folder stays behind. */
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';

const tasks = new Set<() => void>();
let listening = false;

function runAll(): void {
  for (const task of tasks) task();
  tasks.clear();
}

/** Registers synchronous work for the end of the process. Returns a function that takes it back. */
export function atExit(task: () => void): () => void {
  tasks.add(task);
  if (!listening) {
    listening = true;
    process.on('exit', runAll);
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.once(signal, () => {
        runAll();
        process.exit(code);
      });
    }
  }
  return () => {
    tasks.delete(task);
  };
}

/** Kills a process that was started `detached`, with all its children. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has gone already
  }
}

/**
 * Kills what runs on a profile folder of ours, found by its name in the command line: a browser that
 * is still starting has not told its process number yet. Does nothing where there is no /proc.
 */
export function killUsersOf(profile: string): void {
  for (const pid of readNames('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // it has gone in the meantime
    }
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Where a symbolic link leads; null when there is none. */
export function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** A browser's last children may still write into its profile while it is being removed. */
export function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // a leftover folder in the temporary folder is no reason to fail
  }
}
