/** The worker's end of a call: what it says of one that ends well, or fails. */
import { expect, test } from 'vitest';
import { NetworkFailure } from '../../src/engine/network/failure';
import type { FromWorker, ToWorker } from '../../src/engine/worker/protocol';
import { serveCalls } from '../../src/engine/worker/serve';
import type { CallHandlers } from '../../src/engine/worker/serve';

/** All that a worker says of one call, up to its end. */
async function saidOf(handlers: CallHandlers, name: 'forget' | 'marks'): Promise<FromWorker[]> {
  const said: FromWorker[] = [];
  let send: (message: ToWorker) => void = () => undefined;
  await new Promise<void>((done) => {
    const postMessage = (message: FromWorker): void => {
      said.push(message);
      if (message.type === 'ready') done();
    };
    const addEventListener = (_: 'message', listener: (event: MessageEvent<ToWorker>) => void): void => {
      send = (data) => {
        listener({ data } as MessageEvent<ToWorker>);
      };
    };
    serveCalls({ postMessage, addEventListener }, handlers);
    send({ type: 'call', id: 1, name, input: { job: 'a' } });
  });
  return said;
}

test('an answer, and no more', async () => {
  const said = await saidOf({ forget: () => Promise.resolve(null) }, 'forget');
  expect(said).toEqual([{ type: 'done', id: 1, out: null }, { type: 'ready' }]);
});

test('a call that fails says why, and the worker stays', async () => {
  const said = await saidOf({ forget: () => Promise.reject(new RangeError('too long')) }, 'forget');
  expect(said).toEqual([{ type: 'failed', id: 1, message: 'RangeError: too long' }, { type: 'ready' }]);
});

test('a call whose network fails ends the worker: no later call meets a runtime in an unknown state', async () => {
  const said = await saidOf({ forget: () => Promise.reject(new NetworkFailure('unreachable')) }, 'forget');
  expect(said.map(({ type }) => type)).toEqual(['worn', 'failed', 'ready']);
});

test('a call that nobody answers fails', async () => {
  const said = await saidOf({}, 'marks');
  expect(said[0]).toMatchObject({ type: 'failed', id: 1, message: 'Error: no handler for marks' });
});
