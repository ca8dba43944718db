/** The file's part of one job: what its bytes prove and say, read by the bytes worker. */
import type { OwnAnchors } from '../contract/anchors';
import { emptyCredentials } from '../contract/lanes';
import type { Progress } from '../contract/messages';
import { guarded } from './guarded';
import type { Shown } from './other-file';
import type { FileFacts, ReadableMedia } from './worker/protocol';
import type { WorkerSlot } from './worker/slot';

export interface FileLane {
  /** @param limitBytes a longer file is not read whole */
  read(limitBytes: number): void;
  /** From now on credentials that the file keeps elsewhere are read as well. */
  followLinks(): void;
  isAtWork(): boolean;
  progress(): Progress | null;
}

export interface FileJob {
  media: ReadableMedia;
  /** What the page's player says of it; null where there is no player beside ours. */
  shown: Shown | null;
  /** Whether credentials that the file keeps elsewhere are read. */
  remote: boolean;
  /** Whether the hash of the file is wanted, also where all of it has to be read for that alone. */
  hash: boolean;
  /** Name of the anchors under which all is known already; null: nothing is. */
  known: string | null;
  signal: AbortSignal;
  /** The anchors that are in force. */
  anchors(): Promise<OwnAnchors>;
  /** Takes what is known so far. */
  facts(facts: FileFacts): void;
  /** Something has changed. */
  tell(): void;
}

/** What is known of a file that was not read. */
export const UNREAD: FileFacts = { credentials: emptyCredentials('unverified'), disclosures: [], manifest: null };
const FAILED: FileFacts = { ...UNREAD, credentials: emptyCredentials('unverified', 'engine-unavailable') };

export function fileLane(bytes: WorkerSlot, job: FileJob): FileLane {
  const { media, shown, hash, signal } = job;
  let { known, remote } = job;
  let working = false;
  let progress: Progress | null = null;

  const end = (facts: FileFacts): void => {
    working = false;
    progress = null;
    job.facts(facts);
  };

  const ask = async (limitBytes: number): Promise<void> => {
    const { name, texts: anchors } = await job.anchors();
    const isKnown = name === known;
    known = null; // asked for again, it is read again
    if (isKnown) {
      working = false;
      return;
    }
    const facts = await bytes.call(
      'read',
      { media, limitBytes, anchors, remote, shown, hash },
      {
        signal,
        onEvent: (event) => {
          if (event.type === 'facts') job.facts(event.facts);
          else progress = { read: event.read, total: event.total };
          job.tell();
        },
      },
    );
    end(facts);
  };

  const read = async (limitBytes: number): Promise<void> => {
    working = true;
    const done = await guarded(() => ask(limitBytes), signal);
    if (done === null) return;
    if (!done) end(FAILED);
    job.tell();
  };

  return {
    read: (limitBytes) => {
      if (!working) void read(limitBytes);
    },
    followLinks: () => {
      remote = true;
    },
    isAtWork: () => working,
    progress: () => progress,
  };
}
