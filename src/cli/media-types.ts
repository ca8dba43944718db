/** File names and content types of videos. */
import { extname } from 'node:path';

const TYPES: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.m4s': 'video/iso.segment',
  '.mov': 'video/quicktime',
  '.qt': 'video/quicktime',
  '.3gp': 'video/3gpp',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
  '.ogv': 'video/ogg',
};
/** Pieces of a stream are no videos of their own. */
const NOT_ALONE = ['.m4s'];

const TEXT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export function isVideoName(name: string): boolean {
  const extension = extname(name).toLowerCase();
  return extension in TYPES && !NOT_ALONE.includes(extension);
}

export function contentTypeOf(name: string): string {
  const extension = extname(name).toLowerCase();
  return TYPES[extension] ?? TEXT_TYPES[extension] ?? 'application/octet-stream';
}
