/** The worker's end of a call: what it says of one that ends well, fails, or traps. */
import { expect, test } from 'vitest';
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

/** As an engine does it: a module whose only function is `unreachable`. */
function trap(): never {
  const bytes = [
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 5, 1, 3, 0, 0, 0x0b,
  ];
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
  (f as () => void)();
  throw new Error('it did not trap');
}

test('an answer, and no more', async () => {
  const said = await saidOf({ forget: () => Promise.resolve(null) }, 'forget');
  expect(said).toEqual([{ type: 'done', id: 1, out: null }, { type: 'ready' }]);
});

test('a call that fails says why, and the worker stays', async () => {
  const said = await saidOf({ forget: () => Promise.reject(new RangeError('too long')) }, 'forget');
  expect(said).toEqual([{ type: 'failed', id: 1, message: 'RangeError: too long' }, { type: 'ready' }]);
});

test('a call that traps ends the worker: no later call meets a module in an unknown state', async () => {
  const said = await saidOf({ forget: () => Promise.resolve().then(trap) }, 'forget');
  expect(said.map(({ type }) => type)).toEqual(['worn', 'failed', 'ready']);
});

test('a call that nobody answers fails', async () => {
  const said = await saidOf({}, 'marks');
  expect(said[0]).toMatchObject({ type: 'failed', id: 1, message: 'Error: no handler for marks' });
});
