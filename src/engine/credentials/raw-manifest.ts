/** What a manifest store holds beside the label: its JSON, and small pictures of its steps. All of it is hostile. */
import type { RawManifest } from '../../contract/messages';
import { startOf } from '../../contract/start-of';
import { imageSize } from '../bytes/image-size';
import { historyOf } from './history';
import type { StoreAnswer } from './sdk';
import type { ManifestStore } from './store';

/** A longer text is cut. */
const MAX_TEXT = 256 * 1024;
const MAX_PICTURES = 12;
const MAX_PICTURE_BYTES = 256 * 1024;
/** A small file can hold a picture that takes gigabytes to show. */
const MAX_PIXELS = 4_000_000;

/** Names of the pictures of a history's first steps, each once. */
export function picturesOf(store: ManifestStore): string[] {
  const names = historyOf(store, 'none').pictures.filter((name) => name !== null);
  return [...new Set(names)].slice(0, MAX_PICTURES);
}

/** Only what is known to be a picture, of moderate size, and by its own bytes: what the manifest calls it counts for nothing. */
function picture(bytes: Uint8Array | undefined): Blob | null {
  if (bytes === undefined || bytes.length > MAX_PICTURE_BYTES) return null;
  const size = imageSize(bytes);
  if (size === null || size.width * size.height > MAX_PIXELS) return null;
  return new Blob([bytes.slice()], { type: size.type });
}

export function rawManifest({ store, text, parts }: StoreAnswer): RawManifest {
  const made = new Map([...parts].map(([name, bytes]) => [name, picture(bytes)]));
  return {
    json: new Blob([text.length > MAX_TEXT ? `${startOf(text, MAX_TEXT)}…` : text], { type: 'text/plain' }),
    pictures: historyOf(store, 'none').pictures.map((name) => (name === null ? null : (made.get(name) ?? null))),
  };
}
