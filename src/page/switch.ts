/** On or off in this frame: settings and the top-level site's own switch, followed as they change. */
import { isOn, siteOf } from '../contract/settings';
import type { Settings } from '../contract/settings';
import { send } from '../platform/messaging';
import { onStorageChange, readSettings, readSite } from '../platform/storage';

/** The top-level site as far as this frame can tell by itself; null if it can't. */
function ownSite(): string | null {
  if (window.top === self) return siteOf(location.href);
  const ancestors: DOMStringList | undefined = location.ancestorOrigins; // not in Firefox before 2026
  const top = ancestors?.[ancestors.length - 1];
  return top === undefined || top === 'null' ? null : siteOf(top);
}

let asked: ReturnType<typeof send<'tab.site'>> | undefined;

/** The top-level site. A frame that can't tell asks the background, until that one knows. */
export async function topSite(): Promise<string | null> {
  const site = ownSite() ?? (await (asked ??= send('tab.site', null)))?.site ?? null;
  if (site === null) asked = undefined;
  return site;
}

export interface SwitchState {
  on: boolean;
  settings: Settings;
}

async function read(): Promise<SwitchState> {
  const settings = await readSettings();
  if (!settings.enabled) return { on: false, settings };
  const site = await topSite();
  return { on: isOn(settings, site === null ? undefined : await readSite(site)), settings };
}

/** Calls back with the state now and after each change. @returns ends it */
export function watchSwitch(changed: (state: SwitchState) => void): () => void {
  let turn = 0;
  const refresh = async (): Promise<void> => {
    const mine = ++turn;
    const state = await read();
    if (mine === turn) changed(state);
  };
  const quietly = (): void => {
    refresh().catch(() => undefined); // the extension was reloaded under us
  };
  const stop = onStorageChange(quietly);
  quietly();
  return () => {
    turn++;
    stop();
  };
}
