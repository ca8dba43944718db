/** What Assay keeps on this computer, and the means to forget it. */
import { api } from './api';
import { send } from './messaging';
import { POLICY } from './storage';

export const STORED_KINDS = ['settings', 'sites', 'anchors'] as const;
export type StoredKind = (typeof STORED_KINDS)[number];

/** The personal mark stays: pages may know the one that stands in for a missing one. The policy isn't the user's. */
const KEPT: readonly string[] = ['mark', POLICY];

function kindOf(key: string): StoredKind {
  if (key.startsWith('site:')) return 'sites';
  return key.startsWith('anchor:') ? 'anchors' : 'settings';
}

async function keysOf(kind: StoredKind): Promise<string[]> {
  const all = Object.keys(await api.storage.local.get(null));
  return all.filter((key) => !KEPT.includes(key) && kindOf(key) === kind);
}

export const countStored = async (kind: StoredKind): Promise<number> => (await keysOf(kind)).length;

export async function forgetStored(kind: StoredKind): Promise<void> {
  await api.storage.local.remove(await keysOf(kind));
  if (kind === 'anchors') await send('engine.restart', null);
}
