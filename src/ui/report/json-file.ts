/** The label as a file: its name, its bytes and their hash, which stands in the printed report. */
import type { Label } from '../../contract/label';
import { startOf } from '../../contract/start-of';

export interface JsonFile {
  name: string;
  blob: Blob;
  sha256: string;
}

const MAX_NAME = 60;

const pathOf = (media: string): string => {
  try {
    return new URL(media).pathname;
  } catch {
    return media;
  }
};

/** The last part of an address or path, with nothing that a file's name can't have. */
export function plainName(media: string): string {
  const last = pathOf(media).split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '');
  return startOf(plain, MAX_NAME) || 'video';
}

export async function jsonFile(label: Label, at: string): Promise<JsonFile> {
  const blob = new Blob([`${JSON.stringify(label, null, 2)}\n`], { type: 'application/json' });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name: `assay-${plainName(label.subject.media)}-${at.slice(0, 10)}.json`, blob, sha256 };
}
