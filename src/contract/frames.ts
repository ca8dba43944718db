/**
 * Frames as they travel from a page (or the engine's own decoder) to the estimate lane, and whole ones to the picture reader.
 * A window is 8 frames at 4 per second of media time inside one shot.
 */

/** Frames in a window. */
export const WINDOW_FRAMES = 8;
/** Windows of one video that are looked at, at most. */
export const MAX_WINDOWS = 5;
/** Seconds of media time between two frames of a window. */
export const FRAME_STEP_S = 0.25;
/** At this length, in seconds, and below it there are no eight frames. */
export const MIN_LENGTH_S = (WINDOW_FRAMES - 1) * FRAME_STEP_S;
/** Below this short side, in pixels of the video itself, the estimate answers `too-small`. */
export const MIN_SHORT_SIDE = 240;
/** Longest side of the region that is read, in pixels of the video itself. */
export const MAX_REGION = 1080;

/**
 * One frame: the centre square of the video at native scale (1:1, no resampling),
 * side = min(width, height, MAX_REGION), origin floor((width-side)/2), floor((height-side)/2).
 */
export interface Frame {
  /** Media time in seconds. */
  time_s: number;
  /** Side of the square region in pixels. */
  side: number;
  /** side*side*4 bytes, RGBA, row by row, 8 bit, not premultiplied. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A frame on the way between contexts: bytes as a Blob (messages copy Blobs cheaply in both browsers). */
export interface FramePacket {
  time_s: number;
  side: number;
  rgba: Blob;
}

/** Long side, in pixels, to which whole frames are made smaller for the picture reader. */
export const MAX_PICTURE_SIDE = 960;
/** Below this short side, in pixels of the video itself, letters of a mark's size can't be read. */
export const MIN_PICTURE_SIDE = 120;
/** Whole frames that the picture reader takes of a video: two pairs, the first one within the first seconds. */
export const PICTURES = 4;

/** A whole frame on the way between contexts: RGBA, row by row, 8 bit. */
export interface PicturePacket {
  time_s: number;
  width: number;
  height: number;
  rgba: Blob;
}

/** The size at which a frame goes to the picture reader. */
export function pictureSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, MAX_PICTURE_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The square region of a video that the estimate looks at, in pixels of the video itself. */
export function region(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height, MAX_REGION);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}
