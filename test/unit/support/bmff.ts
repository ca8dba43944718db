/** Boxes and files for tests, written byte by byte. */
import { blobSource } from '../../../src/engine/bytes/blob-source';
import type { ByteSource } from '../../../src/engine/bytes/source';

export const u16 = (n: number): number[] => [(n >>> 8) & 255, n & 255];
export const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n)];
export const chars = (text: string): number[] => [...new TextEncoder().encode(text)];
export const box = (type: string, ...parts: number[][]): number[] => {
  const body = parts.flat();
  return [...u32(body.length + 8), ...Array.from(type, (c) => c.charCodeAt(0)), ...body];
};
/** Version and flags. */
export const full = (version = 0): number[] => [version, 0, 0, 0];

export const sourceOf = (bytes: number[]): ByteSource => blobSource(new Blob([Uint8Array.from(bytes)]), 'test');
