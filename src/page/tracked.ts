/** A video of this frame, and what is known of it. */
import type { Label } from '../contract/label';
import type { Progress, RawManifest } from '../contract/messages';
import type { PictureTaker } from './pictures';
import type { Sampler } from './sample';

export interface TrackedVideo {
  readonly element: HTMLVideoElement;
  readonly number: number;
  generation: number;
  /** A job runs, or has run, for this generation. */
  opened: boolean;
  label: Label | null;
  settled: boolean;
  progress: Progress | null;
  /** The engine could not be had. */
  lost: boolean;
  manifest: RawManifest | null;
  /** Marks in the picture, cut out. */
  crops: Blob[];
}

export interface Entry extends TrackedVideo {
  /** Ends listeners on the element. */
  life: AbortController;
  /** Ends what belongs to this generation only. */
  run: AbortController;
  frames: Sampler | null;
  pictures: PictureTaker | null;
  /** Not hidden by style, when last looked at. */
  shown: boolean;
  /** The user asked for it. */
  asked: boolean;
  /** What it played when this generation was opened. */
  plays: unknown;
  /** The blob: address that it began to load. */
  held: Request | null;
}

/** What stays from one generation to the next. */
type Lasting = Pick<Entry, 'element' | 'number' | 'generation' | 'life' | 'shown' | 'asked' | 'plays' | 'held'>;

/** @returns the same, with what each generation begins with */
export function begun(lasting: Lasting): Entry {
  return Object.assign(lasting, {
    run: new AbortController(),
    opened: false,
    label: null,
    settled: false,
    progress: null,
    lost: false,
    manifest: null,
    crops: [],
    frames: null,
    pictures: null,
  });
}

export const idOf = (video: TrackedVideo): string => `${video.number}.${video.generation}`;
