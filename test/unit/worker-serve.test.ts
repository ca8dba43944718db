/** The worker's end of a call: what it says of one that ends well, or fails. */
import { expect, test, vi } from 'vitest';
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

test('a call that ends does not take back what another one has announced', async () => {
  const said: string[] = [];
  let send: (message: ToWorker) => void = () => undefined;
  let end: () => void = () => undefined;
  const handlers: CallHandlers = {
    forget: () => Promise.resolve(null),
    marks: async (_, context) => {
      context.busy(60_000);
      await new Promise<void>((done) => (end = done));
      return { disclosures: [], crops: [] };
    },
  };
  serveCalls(
    {
      postMessage: ({ type }) => void said.push(type),
      addEventListener: (_, listener) => {
        send = (data) => {
          listener({ data } as MessageEvent<ToWorker>);
        };
      },
    },
    handlers,
  );
  send({ type: 'call', id: 1, name: 'marks', input: {} });
  send({ type: 'call', id: 2, name: 'forget', input: {} });
  await vi.waitFor(() => {
    expect(said).toEqual(['busy', 'done']);
  });
  end();
  await vi.waitFor(() => {
    expect(said).toEqual(['busy', 'done', 'done', 'ready']);
  });
});
