/** Battery saver: how much of a video may be looked at now. */
import { MAX_WINDOWS } from '../contract/frames';

interface Battery {
  charging: boolean;
}

/** Not in Firefox, not on http: pages, and not where a page's rules forbid it. */
const battery = (): Promise<Battery> | undefined =>
  (navigator as { getBattery?: () => Promise<Battery> }).getBattery?.();

export interface Saver {
  set(on: boolean): Promise<void>;
  /** Windows for the next video; none while the battery is in use. */
  windows(): number;
}

export function batterySaver(): Saver {
  let saving = false;
  let state: Battery | undefined;
  return {
    set: async (on) => {
      saving = on;
      if (on) state ??= await battery()?.catch(() => undefined);
    },
    windows: () => (saving ? Number(state?.charging !== false) : MAX_WINDOWS),
  };
}
