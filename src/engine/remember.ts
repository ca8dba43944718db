/**
 * What was found of a file, kept as long as the port of the page that plays it: the same address, with the same
 * version and length, needs no second reading. A file that is being read is not read a second time beside it.
 */
import type { CredentialState } from '../contract/label';
import type { BytesReason } from '../contract/reasons';
import type { Calls, FileEvent, FileFacts, FileVersion } from './worker/protocol';
import { CallAborted } from './worker/slot';
import type { WorkerSlot } from './worker/slot';

type Input = Calls['read']['in'];
interface Options {
  signal: AbortSignal;
  onEvent?: (event: FileEvent) => void;
}

const MAX_FILES = 32;
/** It may be otherwise the next time. */
const PASSING: readonly (string | null)[] = [
  'network',
  'timed-out',
  'stopped',
  'partial',
  'engine-unavailable',
] satisfies BytesReason[];
const HAS_NO_BYTES: CredentialState = 'unreachable';

/** What makes a read the same as another one; null for what isn't kept. */
function keyOf({ media, limitBytes, anchors, remote, hash }: Input): string | null {
  if (media.kind !== 'url' || remote) return null;
  return JSON.stringify([media.url, media.credentials, limitBytes, anchors, hash]);
}

interface Running {
  ended: Promise<void>;
  listeners: Set<(event: FileEvent) => void>;
  last: FileEvent | null;
}

/** Waits for another's read, and hears what that hears. @throws {CallAborted} when the signal fires */
async function listen({ ended, listeners, last }: Running, { signal, onEvent }: Options): Promise<void> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new CallAborted('aborted'));
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  if (onEvent !== undefined) listeners.add(onEvent);
  if (last !== null) onEvent?.(last);
  try {
    await Promise.race([ended, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (onEvent !== undefined) listeners.delete(onEvent);
  }
}

/** @param slot the bytes worker's; all but its reads of files pass through */
export function rememberingSlot(slot: WorkerSlot): WorkerSlot {
  const found = new Map<string, { version: FileVersion; facts: FileFacts }>();
  const running = new Map<string, Running>();

  const keep = (key: string, version: FileVersion | null, facts: FileFacts): void => {
    found.delete(key);
    const { state, reason } = facts.credentials;
    if (version === null || state === HAS_NO_BYTES || PASSING.includes(reason)) return;
    found.set(key, { version, facts });
    const [oldest] = found.keys();
    if (found.size > MAX_FILES && oldest !== undefined) found.delete(oldest);
  };

  const readNow = async (key: string, input: Input, options: Options): Promise<FileFacts> => {
    const known = found.get(key);
    const listeners = new Set(options.onEvent === undefined ? [] : [options.onEvent]);
    let end: () => void = () => undefined;
    const mine: Running = { listeners, last: null, ended: new Promise((done) => (end = done)) };
    running.set(key, mine);
    const onEvent = (event: FileEvent): void => {
      mine.last = event;
      for (const listener of listeners) listener(event);
    };
    try {
      const asked = known === undefined ? input : { ...input, known: known.version };
      const { version = null, isKnown, ...facts } = await slot.call('read', asked, { signal: options.signal, onEvent });
      const all = isKnown === true && known !== undefined ? known.facts : facts;
      keep(key, version, all);
      return all;
    } finally {
      running.delete(key);
      end();
    }
  };

  const read = async (input: Input, options: Options): Promise<FileFacts> => {
    const key = keyOf(input);
    if (key === null) return await slot.call('read', input, options);
    for (let other = running.get(key); other !== undefined; other = running.get(key)) await listen(other, options);
    return await readNow(key, input, options);
  };

  return {
    ...slot,
    call: ((name, input, options) =>
      name === 'read'
        ? read(input as Input, options as Options)
        : slot.call(name, input, options)) as WorkerSlot['call'],
  };
}
