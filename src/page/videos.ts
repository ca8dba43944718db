/** What the script that finds videos and the one that treats them know of each other. */
import type { Settings } from '../contract/settings';
import type { KeyGuard } from './quiet-events';

/** What a frame gives to the treatment of its videos. */
export interface FrameContext {
  /** Where pieces of signed streams come from; null without a hook. */
  streamPort: MessagePort | null;
  settings(): Settings;
  keys: KeyGuard;
  /** The top-level site, as `siteOf()` names it. */
  site(): Promise<string | null>;
  /** Called twice a second while there are videos; answers whether all is well. */
  look(): boolean;
  /** Ends all. */
  signal: AbortSignal;
}

export interface Videos {
  add(video: HTMLVideoElement): void;
  /** Nodes came or went. */
  sweep(): void;
  apply(settings: Settings): void;
}

export type StartVideos = (context: FrameContext) => Videos;
