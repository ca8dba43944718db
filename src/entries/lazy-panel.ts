/** The panel of a frame, which most frames never open: its script comes with the first opening. Wiring only. */
import type { Panel, PanelVideo } from '../ui/panel/panel';
import type { MakePanel } from './page-surfaces';
import type { PartLoader } from './part-loader';

/** Puts the panel into the layer of a host. */
export type MountPanel = (root: ShadowRoot, layer: HTMLElement) => Panel;

export const lazyPanel = (partLoader: PartLoader): MakePanel => {
  const load = partLoader<MountPanel>('panel');
  return (root, layer, firstMark) => panelLater(load, root, layer, firstMark);
};

function panelLater(
  load: () => Promise<MountPanel | null>,
  ...[root, layer, firstMark]: Parameters<MakePanel>
): ReturnType<MakePanel> {
  let panel: Panel | null = null;
  let mark = firstMark;
  /** What the panel is to show once it is there. */
  let wanted: PanelVideo | null = null;

  const mount = async (): Promise<Panel | null> => {
    const create = await load();
    if (create === null) return null;
    if (panel === null) {
      panel = create(root, layer);
      panel.setMark(mark);
    }
    return panel;
  };

  return {
    open: (video, lane, near) => {
      wanted = video;
      void mount().then((ready) => {
        if (wanted === video) ready?.open(video, lane, near);
      });
    },
    update: () => {
      panel?.update();
    },
    close: (giveFocusBack) => {
      wanted = null;
      panel?.close(giveFocusBack);
    },
    shows: () => (panel === null ? wanted : panel.shows()),
    setMark: (next) => {
      mark = next;
      panel?.setMark(next);
    },
  };
}
