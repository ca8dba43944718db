/**
 * Anchors of the user's own in `storage.local`: one key each, by fingerprint, so that no writer overwrites
 * another's. A running engine knows only those it began with: a change ends it.
 */
import type { Anchor, OwnAnchors } from '../contract/anchors';
import { api } from './api';
import { send } from './messaging';
import { readPolicy } from './policy';

const PREFIX = 'anchor:';

/** The user's own, by fingerprint, as texts (PEM). */
export async function readAnchors(): Promise<Map<string, string>> {
  const anchors = new Map<string, string>();
  for (const [key, value] of Object.entries(await api.storage.local.get(null))) {
    if (key.startsWith(PREFIX) && typeof value === 'string') anchors.set(key.slice(PREFIX.length), value);
  }
  return anchors;
}

export async function addAnchors(anchors: readonly Anchor[]): Promise<void> {
  await api.storage.local.set(Object.fromEntries(anchors.map(({ sha256, pem }) => [PREFIX + sha256, pem])));
  await send('engine.restart', null);
}

export async function removeAnchor(sha256: string): Promise<void> {
  await api.storage.local.remove(PREFIX + sha256);
  await send('engine.restart', null);
}

/** A name that stands for these texts and no others; '' for none. */
async function nameOf(texts: readonly string[]): Promise<string> {
  if (texts.length === 0) return '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(texts.join('\n')));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** All that are in force: the user's and the organisation's. */
export async function ownAnchors(): Promise<OwnAnchors> {
  const texts = [...(await readAnchors()).values(), ...(await readPolicy()).anchors].sort();
  return { name: await nameOf(texts), texts };
}
