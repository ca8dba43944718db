/** Puts a panel and its style into the layer of a host. Wiring only. */
import { createPanel } from '../ui/panel/panel';
import box from '../ui/panel/box.css?inline';
import lanes from '../ui/panel/lanes.css?inline';
import type { MountPanel } from './lazy-panel';

export const mountPanel: MountPanel = (root, layer) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(box + lanes);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const panel = createPanel(root);
  layer.append(panel.element);
  return panel;
};
