/** Content script that is the panel, brought in when it is first opened. Wiring only. */
import { fillSlot } from '../page/slot';
import { createPanel } from '../ui/panel/panel';
import box from '../ui/panel/box.css?inline';
import lanes from '../ui/panel/lanes.css?inline';
import type { MountPanel } from './lazy-panel';

fillSlot<MountPanel>('panel', (root, layer) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(box + lanes);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const panel = createPanel(root);
  layer.append(panel.element);
  return panel;
});
