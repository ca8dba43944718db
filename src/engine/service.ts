/** The engine's front: jobs of many ports. A port that closes takes its jobs with it. */
import type { FromEngine, ToEngine } from '../contract/messages';
import type { Port } from '../contract/port';
import { startJob } from './assess';
import type { EngineParts, Job } from './assess';

/** How often an open port with jobs hears of us (Firefox cuts ports that are silent for 30 s). */
const ALIVE_MS = 8_000;

let ports = 0;

/**
 * Serves one port until it closes.
 * @param changed called when the number of jobs at work on this port changed, with that number; a
 *   settled job is kept, but nothing has to stay alive for it
 * @returns ends all its jobs, for who closes the port himself
 */
export function servePort(
  port: Port<ToEngine, FromEngine>,
  parts: EngineParts,
  changed: (jobs: number) => void,
): () => void {
  const jobs = new Map<string, Job>();
  const portName = String(ports++);
  const atWork = new Set<string>();
  const alive = setInterval(() => {
    if (atWork.size > 0) port.post({ type: 'alive' });
  }, ALIVE_MS);

  const setWork = (id: string, working: boolean): void => {
    if (working) atWork.add(id);
    else atWork.delete(id);
    changed(atWork.size);
  };

  const drop = (id: string): void => {
    jobs.get(id)?.cancel();
    jobs.delete(id);
    setWork(id, false);
  };

  const take = (news: FromEngine): void => {
    if (news.type === 'label') setWork(news.job, !news.settled);
    port.post(news);
  };

  port.onMessage((message) => {
    switch (message.type) {
      case 'open':
        drop(message.job);
        jobs.set(message.job, startJob(message, `${portName}/${message.job}`, parts, take));
        break;
      case 'frames':
        jobs.get(message.job)?.frames(message.frames);
        break;
      case 'no-frames':
        jobs.get(message.job)?.noFrames(message.reason);
        break;
      case 'pictures':
        jobs.get(message.job)?.pictures(message.pictures);
        break;
      case 'no-pictures':
        jobs.get(message.job)?.noPictures();
        break;
      case 'piece':
        jobs.get(message.job)?.piece(message.piece);
        break;
      case 'notice':
        jobs.get(message.job)?.notice(message.notice);
        break;
      case 'read-all':
        jobs.get(message.job)?.readAll();
        break;
      case 'read-remote':
        jobs.get(message.job)?.readRemote();
        break;
      case 'cancel':
        drop(message.job);
        break;
    }
  });
  const end = (): void => {
    clearInterval(alive);
    for (const id of [...jobs.keys()]) drop(id);
  };
  port.onClose(end);
  return end;
}
