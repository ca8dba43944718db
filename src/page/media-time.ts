/** Where in the video a frame stands, in seconds: Firefox counts on when a video begins again. */
export const mediaTimeOf = ({ loop, duration }: HTMLVideoElement, mediaTime: number): number =>
  loop ? mediaTime % duration : mediaTime;
