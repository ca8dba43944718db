/** Kind and size of a PNG, JPEG or WebP, by its own header; nothing else is a picture here. */
import { latin, u16, u32 } from './bytes';

export interface ImageSize {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
}

const little = (bytes: Uint8Array, at: number, count: number): number =>
  Array.from({ length: count }, (_, i) => (bytes[at + i] ?? 0) * 256 ** i).reduce((sum, part) => sum + part, 0);

/** Markers of frame headers: C0 to CF without tables (C4), extensions (C8) and conditioning (CC). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(bytes: Uint8Array): ImageSize | null {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    if (isFrame(marker)) return { type: 'image/jpeg', width: u16(bytes, at + 7), height: u16(bytes, at + 5) };
    const length = u16(bytes, at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

function webpSize(bytes: Uint8Array): ImageSize | null {
  const type = 'image/webp';
  switch (latin(bytes, 12, 16)) {
    case 'VP8X':
      return { type, width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 };
    case 'VP8 ':
      return { type, width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff };
    case 'VP8L': {
      const sizes = little(bytes, 21, 4);
      return { type, width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 };
    }
    default:
      return null;
  }
}

/** @returns null for what is none of these, and for a picture without extent */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const start = latin(bytes, 0, 16);
  let size: ImageSize | null = null;
  if (start === '\x89PNG\r\n\x1a\n\0\0\0\rIHDR') {
    size = { type: 'image/png', width: u32(bytes, 16), height: u32(bytes, 20) };
  } else if (start.startsWith('\xff\xd8\xff')) size = jpegSize(bytes);
  else if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') size = webpSize(bytes);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}
