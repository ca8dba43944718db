/** File names and content types of videos. */
import { extname } from 'node:path';

/** Endings of files that are a video of their own. */
const VIDEO_TYPES: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.f4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.qt': 'video/quicktime',
  '.3gp': 'video/3gpp',
  '.3g2': 'video/3gpp2',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
  '.flv': 'video/x-flv',
  '.ogv': 'video/ogg',
  '.mpg': 'video/mpeg',
  '.mpeg': 'video/mpeg',
  '.vob': 'video/mpeg',
  '.wmv': 'video/x-ms-wmv',
  '.mts': 'video/mp2t',
  '.m2ts': 'video/mp2t',
  '.ts': 'video/mp2t',
};

/** Pieces of a stream are no videos of their own. */
const PIECE_TYPES: Record<string, string> = { '.m4s': 'video/iso.segment' };

const TEXT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const CONTENT_TYPES = { ...VIDEO_TYPES, ...PIECE_TYPES, ...TEXT_TYPES };

export const VIDEO_ENDINGS = Object.keys(VIDEO_TYPES);

const endingOf = (name: string): string => extname(name).toLowerCase();

export const isVideoName = (name: string): boolean => endingOf(name) in VIDEO_TYPES;

/** Sources in TypeScript end like transport streams do: only the bytes tell which it is. */
export const isDoubtfulName = (name: string): boolean => ['.ts', '.mts'].includes(endingOf(name));

export function contentTypeOf(name: string): string {
  return CONTENT_TYPES[endingOf(name)] ?? 'application/octet-stream';
}
