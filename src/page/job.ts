/** One job: what the engine says of a video goes to its entry, and what it asks of the video is brought. */
import type { MediaRef, StreamPiece } from '../contract/messages';
import type { PageNotice } from '../contract/notices';
import type { Settings } from '../contract/settings';
import type { EngineClient, LabelNews } from '../platform/engine-client';
import { isInPicture } from './eligible';
import type { Place } from './media';
import { pictureTaker } from './pictures';
import type { PictureTaker } from './pictures';
import { sampler } from './sample';
import type { Sampler } from './sample';
import { subjectOf } from './subject';
import { idOf } from './tracked';
import type { Entry, TrackedVideo } from './tracked';

export interface JobOptions {
  client: EngineClient;
  settings(): Settings;
  /** How many windows of the next video may be looked at. */
  windows(): number;
  place(): Promise<Place>;
  /** Brings the signed pieces of what a video plays. */
  followStream(video: HTMLVideoElement, place: Place, signal: AbortSignal, post: (piece: StreamPiece) => void): void;
  /** A job has begun: `tell` takes what the site itself says of the video, while the signal lives. */
  began(element: HTMLVideoElement, signal: AbortSignal, tell: (notice: PageNotice | null) => void): void;
  /** There is news of a video. */
  changed(video: TrackedVideo): void;
}

/**
 * @param isSeen whether a person can see the video's place
 * @param isWanted the same, or the user asked for it
 * @returns starts the job of an entry's generation, which ends with its `run`
 */
export function jobStarter(
  options: JobOptions,
  isSeen: (entry: Entry) => boolean,
  isWanted: (entry: Entry) => boolean,
): (entry: Entry, media: MediaRef) => void {
  const { client, changed } = options;

  const samplerFor = (entry: Entry, job: string): Sampler =>
    sampler(entry.element, {
      signal: entry.run.signal,
      isSeen: () => (entry.shown && isWanted(entry)) || isInPicture(entry.element),
      frame: (frame) => {
        client.post({ type: 'frames', job, frames: [frame] });
      },
      none: (reason) => {
        client.post({ type: 'no-frames', job, reason });
      },
    });

  const picturesOf = (entry: Entry, job: string): PictureTaker =>
    pictureTaker(entry.element, {
      signal: entry.run.signal,
      isSeen: () => entry.shown && isSeen(entry),
      picture: (picture) => {
        client.post({ type: 'pictures', job, pictures: [picture] });
      },
      none: () => {
        client.post({ type: 'no-pictures', job });
      },
    });

  const follow = async (entry: Entry, job: string): Promise<void> => {
    const { signal: running } = entry.run;
    const place = await options.place();
    if (running.aborted) return;
    options.followStream(entry.element, place, running, (piece) => {
      client.post({ type: 'piece', job, piece });
    });
  };

  return (entry, media) => {
    const job = idOf(entry);
    const { estimate: wanted, marks, limitMb } = options.settings();
    const windows = options.windows();
    const estimate = wanted && windows > 0;
    const broken = media.kind === 'unreachable' && media.reason === 'media-error';
    let hadEstimate = false;
    let isUnfollowed = media.kind === 'stream';
    const take = (news: LabelNews): void => {
      if (entry.run.signal.aborted || job !== idOf(entry)) return;
      Object.assign(entry, { label: news.label, settled: news.settled, progress: news.progress });
      entry.manifest ??= news.manifest;
      if (news.crops.length > 0) entry.crops = news.crops;
      const looking = news.label.estimate.reason === 'still-looking';
      if (hadEstimate && looking) {
        entry.frames?.want(false);
        entry.frames = null; // a fresh engine has none of the frames
      }
      hadEstimate = !looking;
      if (estimate && broken && looking) client.post({ type: 'no-frames', job, reason: 'not-playing' });
      if (estimate && !broken) (entry.frames ??= samplerFor(entry, job)).want(news.wantsFrames);
      if (marks && !broken)
        (entry.pictures ??= picturesOf(entry, job)).want(news.wantsPictures && options.settings().marks);
      if (isUnfollowed) void follow(entry, job);
      isUnfollowed = false;
      changed(entry);
    };
    client.open(
      {
        job,
        subject: subjectOf(entry.element, entry.number),
        media,
        frames: estimate ? 'page' : 'off',
        pictures: marks ? 'page' : undefined,
        limitBytes: limitMb * 1e6,
        windows,
      },
      {
        label: take,
        lost: () => {
          if (entry.run.signal.aborted) return;
          entry.lost = entry.settled = true;
          changed(entry);
        },
      },
    );
    options.began(entry.element, entry.run.signal, (notice) => {
      client.post({ type: 'notice', job, notice });
    });
  };
}
