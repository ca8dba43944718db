/** Background: service worker in Chrome, event page in Firefox. Holds no state of its own. */
import { siteOf } from '../contract/settings';
import { ownAnchors } from '../platform/anchors';
import { engineHost } from '../platform/engine-host';
import { firstRun } from '../platform/first-run';
import { injectPart } from '../platform/inject';
import { chosenTexts } from '../platform/language';
import { openLabelPage } from '../platform/label-pages';
import { handle } from '../platform/messaging';
import { offerMenu } from '../platform/menu';
import { followPolicy } from '../platform/policy';
import { showVerdicts } from '../platform/toolbar';
import { startEngine } from './start-engine';

const host = engineHost(startEngine);

handle({
  'engine.ensure': async () => ({ ready: await host.ensure() }),
  'engine.anchors': () => ownAnchors(),
  'tab.site': (_, sender) => Promise.resolve({ site: sender.tabUrl === null ? null : siteOf(sender.tabUrl) }),
  'frame.part': async ({ part }, sender) => ({ injected: await injectPart(part, sender) }),
  'tab.verdicts': async ({ frame, verdicts }, sender) => {
    if (sender.tabId !== null) await showVerdicts(sender.tabId, frame, verdicts);
    return null;
  },
  'engine.restart': async () => {
    await host.restart();
    return null;
  },
  texts: () => chosenTexts(),
  'label.page': async ({ page, label }) => {
    await openLabelPage(page, label);
    return null;
  },
});

firstRun();
offerMenu();
followPolicy(() => void host.restart());
