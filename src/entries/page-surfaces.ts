/** Wires the videos of a frame to their surfaces: host, badges, the panel, spoken status. */
import type { Extras } from '../contract/extras';
import type { Mark, Settings } from '../contract/settings';
import { createHost } from '../page/host';
import type { Host } from '../page/host';
import { coverOf } from '../page/cover';
import { isDecorative } from '../page/eligible';
import type { Rect } from '../page/geometry';
import { onAbort } from '../page/on-abort';
import { onTrusted } from '../page/on-trusted';
import { createOverlay } from '../page/overlay';
import type { OverlayBox } from '../page/overlay';
import { quietWhilePlaying } from '../page/quiet';
import type { Quiet } from '../page/quiet';
import type { EventGuard } from '../page/event-guard';
import { keepEvents } from '../page/quiet-events';
import type { TrackedVideo } from '../page/tracked';
import type { Tracker } from '../page/tracker';
import { language } from '../platform/texts';
import { createBadge } from '../ui/badge/badge';
import type { Badge, Lane } from '../ui/badge/badge';
import badgeCss from '../ui/badge/badge.css?inline';
import type { Panel, PanelVideo } from '../ui/panel/panel';
import { createSaid } from '../ui/said';
import type { Said } from '../ui/said';

/** Videos narrower than this show shapes only. */
const NARROW_PX = 320;

/** Gives the panel of a frame. */
export type MakePanel = (root: ShadowRoot, layer: HTMLElement, mark: Mark) => Omit<Panel, 'element'>;

interface Stage {
  host: Host;
  panel: ReturnType<MakePanel>;
  said: Said;
}

interface Surface {
  badge: Badge;
  box: OverlayBox;
  quiet: Quiet;
  /** What the panel shows of this video. */
  source: PanelVideo;
  /** The words that are shown, to know news from repetition. */
  words: string;
}

export interface Surfaces {
  changed(video: TrackedVideo): void;
  gone(video: TrackedVideo): void;
  look(): void;
  apply(settings: Settings): void;
  setSize(size: Extras['size']): void;
  /** Scrolls to a video and draws the eye to its badge. */
  show(video: TrackedVideo): void;
  /** Opens the panel of a video that is labelled. */
  open(video: TrackedVideo): void;
  /** The page took the badges away. */
  areRemoved(): boolean;
}

/** @param lost called when the page has taken the badges away for good */
export function createSurfaces(
  tracker: () => Tracker,
  first: Settings,
  guard: EventGuard,
  lost: () => void,
  makePanel: MakePanel,
  signal: AbortSignal,
): Surfaces {
  const overlay = createOverlay(signal);
  const surfaces = new Map<HTMLVideoElement, Surface>();
  let settings = first;
  let size: Extras['size'] = 'normal';
  let stage: Stage | null = null;
  let removed = false;

  const drop = (element: HTMLVideoElement): void => {
    const surface = surfaces.get(element);
    if (surface === undefined) return;
    if (stage?.panel.shows() === surface.source) stage.panel.close(false);
    surface.quiet.stop();
    surface.box.remove();
    surfaces.delete(element);
  };

  const dropAll = (): void => {
    for (const element of surfaces.keys()) drop(element);
    stage = null;
  };

  const cover = (): void => {
    if (stage === null) return;
    const { parent, clickable } = coverOf(surfaces.keys());
    stage.host.moveInto(parent);
    stage.host.layer.toggleAttribute('data-seen-only', !clickable);
    if (!clickable) stage.panel.close(false);
  };

  const makeStage = (): Stage => {
    const host = createHost({
      css: badgeCss,
      ...language(),
      signal,
      lost: () => {
        removed = true;
        dropAll();
        lost();
      },
    });
    host.layer.dataset['size'] = size;
    const panel = makePanel(host.root, host.layer, settings.mark);
    const said = createSaid();
    host.layer.append(said.element);
    const keyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || panel.shows() === null) return;
      event.preventDefault(); // otherwise it would also leave fullscreen
      panel.close(true);
    };
    keepEvents(guard, host.root, keyDown);
    const covered = (): void => {
      cover();
      stage?.host.raise();
    };
    onTrusted(document, 'fullscreenchange', signal, covered);
    return { host, panel, said };
  };

  const openPanel = (surface: Surface, lane: Lane): void => {
    stage?.panel.open(surface.source, lane, surface.box.rect());
  };

  const makeSurface = (video: TrackedVideo, { host }: Stage): Surface => {
    const { element } = video;
    let lastLane: Lane = 'provenance';
    const badge = createBadge(video.number, (lane) => {
      lastLane = lane;
      if (stage?.panel.shows() === surface.source) stage.panel.close(true);
      else openPanel(surface, lane);
    });
    badge.setMark(settings.mark);
    let wasSeen = false;
    const moved = (rect: Rect | null): void => {
      // Another one may be at its place now, and the panel would seem to be that one's.
      if (wasSeen && rect === null && stage?.panel.shows() === surface.source) stage.panel.close(false);
      wasSeen = rect !== null;
      if (rect === null) return;
      const narrow = rect.right - rect.left < NARROW_PX;
      const quiet = isDecorative(element) && document.fullscreenElement === null;
      badge.setForm(quiet ? 'compact' : narrow ? 'glyphs' : 'words');
    };
    const box = overlay.add(element, host.layer, moved);
    box.element.append(badge.element);
    const source: PanelVideo = {
      news: video,
      manifest: () => video.manifest,
      crops: () => video.crops,
      readAll: () => {
        tracker().readAll(video);
      },
      readRemote: () => {
        tracker().readRemote(video);
      },
      seek: (seconds) => {
        element.currentTime = seconds;
      },
      focusBack: () => {
        badge.focus(lastLane);
      },
    };
    const quiet = quietWhilePlaying(element, badge.setQuiet);
    const surface: Surface = { badge, box, quiet, source, words: '' };
    return surface;
  };

  const changed = (video: TrackedVideo): void => {
    if (removed || signal.aborted) return;
    if (!video.opened) {
      drop(video.element);
      return;
    }
    stage ??= makeStage();
    let surface = surfaces.get(video.element);
    if (surface === undefined) {
      surface = makeSurface(video, stage);
      surfaces.set(video.element, surface);
      cover();
    }
    surface.badge.update(video);
    const words = surface.badge.words();
    if (words !== surface.words && surface.words !== '' && video.settled) surface.quiet.wake();
    surface.words = words;
    if (video.settled && video.label !== null) stage.said.say(tracker().idOf(video), words);
    if (stage.panel.shows() === surface.source) stage.panel.update();
  };

  onAbort(signal, dropAll);
  return {
    changed,
    gone: (video) => {
      drop(video.element);
    },
    look: () => {
      if (stage === null) return;
      cover();
      stage.host.check();
    },
    apply: (next) => {
      settings = next;
      overlay.setCorner(next.corner);
      stage?.panel.setMark(next.mark);
      for (const { badge } of surfaces.values()) badge.setMark(next.mark);
    },
    setSize: (to) => {
      size = to;
      if (stage !== null) stage.host.layer.dataset['size'] = to;
    },
    show: ({ element }) => {
      element.scrollIntoView({ block: 'center' });
      surfaces.get(element)?.badge.ring();
    },
    open: (video) => {
      changed(video);
      const surface = surfaces.get(video.element);
      if (surface !== undefined) openPanel(surface, 'provenance');
    },
    areRemoved: () => removed,
  };
}
