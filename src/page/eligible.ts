/** Which videos are labelled, and how loudly. */
export const MIN_WIDTH = 160;
export const MIN_HEIGHT = 90;

export interface Box {
  width: number;
  height: number;
}

export const isLargeEnough = ({ width, height }: Box): boolean => width >= MIN_WIDTH && height >= MIN_HEIGHT;

type Traits = Pick<HTMLVideoElement, 'muted' | 'loop' | 'controls' | 'autoplay'>;

/** A moving picture that stands for a still one: it gets the compact badge. */
export const isDecorative = (video: Traits): boolean => video.muted && video.loop && video.autoplay && !video.controls;

/** Not hidden by style, its own or that of something around it. */
export const isShown = (video: Element): boolean =>
  Element.prototype.checkVisibility.call(video, {
    visibilityProperty: true,
    opacityProperty: true,
    contentVisibilityAuto: true,
  });

/** It plays in a window of its own, wherever the page is scrolled to. (Firefox doesn't tell.) */
export const isInPicture = (video: Element): boolean =>
  (video.getRootNode() as Document).pictureInPictureElement === video;
