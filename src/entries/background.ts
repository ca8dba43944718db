/** Background: service worker in Chrome, event page in Firefox. Holds no state of its own. */
import { siteOf } from '../contract/settings';
import { pagePick, readPageData } from '../page/sites/page-data';
import { ownAnchors } from '../platform/anchors';
import { engineHost } from '../platform/engine-host';
import { firstRun } from '../platform/first-run';
import { injectPart, runInPage } from '../platform/inject';
import { chosenTexts } from '../platform/language';
import { openLabelPage } from '../platform/label-pages';
import { handle } from '../platform/messaging';
import { offerMenu } from '../platform/menu';
import { followPolicy } from '../platform/policy';
import { noteFired } from '../platform/site-readers';
import { showVerdicts } from '../platform/toolbar';
import { startEngine } from './start-engine';

const host = engineHost(startEngine);

handle({
  'engine.ensure': async () => ({ ready: await host.ensure() }),
  'engine.anchors': () => ownAnchors(),
  'tab.site': (_, sender) => Promise.resolve({ site: sender.tabUrl === null ? null : siteOf(sender.tabUrl) }),
  'frame.part': async ({ part }, sender) => ({ injected: await injectPart(part, sender) }),
  'site.data': async (_, sender) => {
    const pick = pagePick(sender.frameUrl);
    return { json: pick === null ? null : await runInPage(readPageData, pick, sender) };
  },
  'site.fired': async (_, sender) => {
    await noteFired(sender);
    return null;
  },
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
