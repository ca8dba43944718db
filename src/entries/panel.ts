/** Content script that is the panel, brought in when it is first opened. Wiring only. */
import { fillSlot } from '../page/slot';
import { createPanel } from '../ui/panel/panel';
import css from '../ui/panel/panel.css?inline';
import type { MountPanel } from './lazy-panel';

fillSlot<MountPanel>('panel', (root, layer) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const panel = createPanel(root);
  layer.append(panel.element);
  return panel;
});
