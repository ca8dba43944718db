/**
 * The organisation's policy. What pages need of it is kept in `storage.local` as well, under one key, so that
 * a frame reads its settings in one go, and in Firefox doesn't run into an error where there is no policy.
 */
import { policyFrom } from '../contract/policy';
import type { Policy } from '../contract/policy';
import { api } from './api';
import { POLICY } from './storage';

export async function readPolicy(): Promise<Policy> {
  // Firefox rejects where there is none.
  return policyFrom(await api.storage.managed.get(null).catch(() => ({})));
}

async function keep(): Promise<void> {
  const { stored } = await readPolicy();
  const before = (await api.storage.local.get(POLICY))[POLICY];
  if (JSON.stringify(before ?? {}) !== JSON.stringify(stored)) await api.storage.local.set({ [POLICY]: stored });
}

/** Keeps pages up to date with the policy, from each start of the background on. @param changed it is another now */
export function followPolicy(changed: () => void): void {
  void keep();
  api.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') void keep().then(changed);
  });
}
