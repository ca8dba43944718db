/**
 * Every message that crosses a context border, in one typed table. Two kinds:
 * - `Requests`: one question, one answer, to the background (`platform/messaging.ts`).
 * - ports: a stream of small messages between a page (or the label page) and the engine, or
 *   between the popup and the pages of a tab. A closed port cancels all its jobs.
 * Bytes cross as Blobs only.
 */
import type { OwnAnchors } from './anchors';
import type { FramePacket, PicturePacket } from './frames';
import type { Credentials, Disclosure, Label, Subject, Verdict } from './label';
import type { PageNotice } from './notices';
import type { BytesReason, EstimateReason } from './reasons';

/** What a manifest store holds beside the label, for the panel. All of it is hostile. */
export interface RawManifest {
  /** The store as JSON (text), cut at a limit. */
  json: Blob;
  /** Small pictures of the history's steps, in the order of the tree read from top to bottom; null: none. */
  pictures: (Blob | null)[];
}

/** All texts of one language, by name; arguments stand as $1, $2. */
export type Texts = Record<string, string>;

/** Requests to the background, by name. */
export interface Requests {
  /** Makes sure that the engine is there before a port to it is opened. */
  'engine.ensure': { in: null; out: { ready: boolean } };
  /** Anchors of the user's and the organisation's own, for an engine that can't read them itself. */
  'engine.anchors': { in: null; out: OwnAnchors };
  /** The top-level site of the asking frame, as `siteOf()` names it. */
  'tab.site': { in: null; out: { site: string | null } };
  /** Brings a part of the content script into the asking frame. */
  'frame.part': { in: { part: Part }; out: { injected: boolean } };
  /** What the site's reader wants of the asking frame's page data, as JSON: the page's word, and hostile. */
  'site.data': { in: null; out: { json: string | null } };
  /** The reader of the asking frame's site has found a notice. */
  'site.fired': { in: null; out: null };
  /** The verdicts of one frame's videos, for the toolbar. */
  'tab.verdicts': { in: { frame: string; verdicts: Verdict[] }; out: null };
  /** Ends the engine (options, tests); the next job starts a fresh one, with the anchors of that time. */
  'engine.restart': { in: null; out: null };
  /** The texts of the language that the user has chosen; null for the browser's own. */
  texts: { in: null; out: Texts | null };
  /** Opens a page about a label in a tab of its own. */
  'label.page': { in: { page: LabelPage; label: Label }; out: null };
}
/** Pages about one label: a report to keep, and a text for those who think that it is wrong. */
export type LabelPage = 'report' | 'wrong-label';
/** Parts of the content script that come when they are needed. */
export type Part = 'videos' | 'panel' | 'rows' | 'streams' | 'sites';
/** Name under which a frame is told which video the user asks for, before the script that labels it comes. */
export const ASKED = 'assay.asked';
/** The same for the content script itself: a function that says whether it is at work. */
export const LIFE = 'assay.page';
export type RequestName = keyof Requests;

export const ENGINE_PORT = 'assay-engine';
/** Port from a frame to the popup (or label page) that called it by this name. */
export const popupPort = (caller: string): string => `assay-popup/${caller}`;

/** Where the bytes of a video are. */
export type MediaRef =
  | ({ kind: 'url' } & Address)
  | { kind: 'blob'; name: string; blob: Blob }
  /** Delivered in pieces (MSE, MediaStream): no bytes to read, unless pieces of it come by `piece`. */
  | { kind: 'stream' }
  /** The page can't get at it either. */
  | { kind: 'unreachable'; reason: BytesReason };

/** An address with whether the page itself loads it with cookies (see page/media.ts). */
export interface Address {
  url: string;
  credentials: 'include' | 'omit';
}

/** What a page appended to a stream that is signed: the page's word, until the engine has fetched the same bytes. */
export interface StreamPiece {
  /** The init segment that the media belongs to; null when there is only something to say. */
  init: Blob | null;
  /** The media; null for an init segment alone. */
  bytes: Blob | null;
  /** By how much the page shifts the times in it. */
  offset_s: number;
  /** Media of the stream went by unseen or unsigned. */
  missed: boolean;
  /** Where the page may have it from, the likeliest first. */
  sources: Address[];
}

/** Page or label page -> engine. `job` is unique within its port. */
export type ToEngine =
  | {
      type: 'open';
      job: string;
      subject: Subject;
      media: MediaRef;
      /** Where the frames for the estimate come from; `off`: the user switched the estimate off. */
      frames: 'page' | 'engine' | 'off';
      /** Where whole frames come from, in which marks are read; none: they are not read. */
      pictures?: 'page' | 'engine' | undefined;
      limitBytes: number;
      /** At most this many windows are looked at; without a number as many as the engine likes. */
      windows?: number;
      /** The user asks for credentials that the file keeps elsewhere. */
      remote?: boolean;
      /** The hash of the file is wanted, also where all of it has to be read for that alone. */
      hash?: boolean;
      /** What the site says of the video, as far as the page has told. */
      notice?: PageNotice | null;
      /** What an earlier engine found in the same bytes: they are not read again while the same anchors are in force. */
      known: { credentials: Credentials; disclosures: Disclosure[]; anchors: string } | null;
    }
  /** Frames taken while the video plays, in any order. */
  | { type: 'frames'; job: string; frames: FramePacket[] }
  /** The page can't deliver frames: the engine decodes for itself if it may, else answers with this reason. */
  | { type: 'no-frames'; job: string; reason: EstimateReason }
  /** Whole frames, as `wantsPictures` asks for them. */
  | { type: 'pictures'; job: string; pictures: PicturePacket[] }
  /** The page can't deliver whole frames: the engine decodes for itself if it may. */
  | { type: 'no-pictures'; job: string }
  /** A piece of a signed stream, in the order in which the page appended them. */
  | { type: 'piece'; job: string; piece: StreamPiece }
  /** What the site itself says of the video now; null: nothing any more. */
  | { type: 'notice'; job: string; notice: PageNotice | null }
  /** The user asked for a whole read of a file over the limit. */
  | { type: 'read-all'; job: string }
  /** The user asked for the credentials that the file keeps elsewhere. */
  | { type: 'read-remote'; job: string }
  | { type: 'cancel'; job: string };

/** How far a file has been read, in bytes. */
export interface Progress {
  read: number;
  total: number | null;
}

/** Engine -> page or label page. */
export type FromEngine =
  | {
      type: 'label';
      job: string;
      label: Label;
      /** True when no lane is at work any more; frames may still bring further windows. */
      settled: boolean;
      /** Bytes read and their total while a file is being read; null when none is. */
      progress: Progress | null;
      /** Name of the anchors by which the signer was judged. */
      anchors: string;
      /** Whether the estimate would like further frames of this video. */
      wantsFrames: boolean;
      /** Whether the picture reader would like further frames. */
      wantsPictures: boolean;
      /** What the picture shows, cut out with its box (image/png), in the order of the label's marks. */
      crops: Blob[];
      /** Once a manifest store was verified; a later engine may not have it any more. */
      manifest: RawManifest | null;
    }
  | { type: 'alive' };

/** One video of a frame, as the popup lists it. */
export interface VideoRow {
  /** Unique within the frame: element number and generation. */
  id: string;
  /** Null until the engine has said something. */
  label: Label | null;
  settled: boolean;
  /** Large and not hidden, with a source of which too little has come to open it. */
  loading: boolean;
  /** Small picture of the video (image/png), when its pixels may be read. */
  thumbnail: Blob | null;
  /** The page took the badge away. */
  badgeRemoved: boolean;
}

/** Frame -> popup. `frame` is a random name that the frame gave itself. */
export type ToPopup = { type: 'videos'; frame: string; top: boolean; videos: VideoRow[] };
/** Popup -> frames. */
export type FromPopup = { type: 'show'; frame: string; id: string };
