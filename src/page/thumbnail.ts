/** A small picture of what the video shows now, where its pixels may be read. */
import { HAVE_CURRENT_DATA } from './source';

const WIDTH = 96;

export async function thumbnailOf(video: HTMLVideoElement): Promise<Blob | null> {
  if (video.readyState < HAVE_CURRENT_DATA || video.videoWidth === 0 || video.mediaKeys != null) return null;
  const canvas = new OffscreenCanvas(WIDTH, Math.max(1, Math.round((WIDTH * video.videoHeight) / video.videoWidth)));
  try {
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch {
    return null; // another origin's pixels
  }
}
