/** The verifier, started under a call of the bytes worker. */
import { expect, test, vi } from 'vitest';
import type { CredentialsReader } from '../../src/engine/credentials/reader';

const loadReader = vi.hoisted(() => vi.fn<() => Promise<CredentialsReader | null>>());
vi.mock('../../src/engine/credentials/load', () => ({ loadReader }));
const { startReader } = await import('../../src/engine/start-reader');

const context = () => ({ busy: vi.fn<() => void>(), ready: vi.fn<() => void>(), worn: vi.fn<() => void>() });

test('one that can’t be started is tried again by a fresh worker: for want of memory, perhaps', async () => {
  loadReader.mockResolvedValueOnce(null);
  const call = context();
  expect(await startReader([], call)).toBeNull();
  expect(call.worn).toHaveBeenCalledOnce();
  expect(call.ready).toHaveBeenCalledOnce();
});

test('one that runs stays', async () => {
  const reader = {} as CredentialsReader;
  loadReader.mockResolvedValueOnce(reader);
  const call = context();
  expect(await startReader([], call)).toBe(reader);
  expect(call.worn).not.toHaveBeenCalled();
});
