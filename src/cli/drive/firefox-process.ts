/** Starts the Firefox process and waits for the address of its BiDi server. */
import { spawn, type ChildProcess } from 'node:child_process';
import { LaunchError } from './driver';
import { which } from './executables';

export interface FirefoxProcess {
  child: ChildProcess;
  /** `ws://127.0.0.1:port` */
  address: string;
  gone: Promise<void>;
}

const LISTENING = /WebDriver BiDi listening on (ws:\/\/\S+)/;

export function startProcess(
  executable: string,
  profile: string,
  headless: boolean,
  timeoutMs: number,
  started: (pid: number | undefined) => void,
): Promise<FirefoxProcess> {
  const args = [
    ...(headless ? ['--headless'] : []),
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port=0',
    '--remote-allow-system-access',
    'about:blank',
  ];
  // The kernel ends Firefox when this process is killed without a chance to clean up.
  const guard = which('setpriv');
  const [command, ...before] = guard === null ? [executable] : [guard, '--pdeathsig', 'KILL', executable];
  const child = spawn(command ?? executable, [...before, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    // The second variable lets the profile point the browser's own settings service nowhere.
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
  });
  started(child.pid);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => {
      reject(new LaunchError(`Firefox did not start within ${String(timeoutMs / 1000)} s.`));
    }, timeoutMs);
    child.stderr?.on('data', (data: Buffer) => {
      const address = LISTENING.exec((text = (text + data.toString()).slice(-20_000)))?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve({ child, address, gone });
    });
    void gone.then(() => {
      clearTimeout(timer);
      const reason = text.trim().split('\n').at(-1) ?? '';
      reject(new LaunchError(`Firefox ended before it was ready${reason === '' ? '.' : `: ${reason}`}`));
    });
  });
}
