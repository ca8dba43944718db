/** The battery saver: what the browser tells of the battery decides, and what it doesn't tell stops nothing. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { batterySaver } from '../../src/page/saver';
import { MAX_WINDOWS } from '../../src/contract/frames';

afterEach(() => {
  vi.unstubAllGlobals();
});

const withBattery = (getBattery?: () => Promise<{ charging: boolean }>): void => {
  vi.stubGlobal('navigator', getBattery === undefined ? {} : { getBattery });
};

describe('battery saver', () => {
  test.each([
    ['charging', () => Promise.resolve({ charging: true }), 1],
    ['on battery', () => Promise.resolve({ charging: false }), 0],
    ['a browser that tells nothing', undefined, 1],
    ['a page that forbids it', () => Promise.reject(new DOMException('', 'NotAllowedError')), 1],
  ])('%s', async (_, getBattery, windows) => {
    withBattery(getBattery);
    const saver = batterySaver();
    await saver.set(true);
    expect(saver.windows()).toBe(windows);
    await saver.set(false);
    expect(saver.windows()).toBe(MAX_WINDOWS);
  });

  test('follows the charger', async () => {
    const battery = { charging: true };
    withBattery(() => Promise.resolve(battery));
    const saver = batterySaver();
    await saver.set(true);
    battery.charging = false;
    expect(saver.windows()).toBe(0);
  });

  test('switched off, the battery is not asked for', async () => {
    const getBattery = vi.fn(() => Promise.resolve({ charging: false }));
    withBattery(getBattery);
    const saver = batterySaver();
    await saver.set(false);
    expect(saver.windows()).toBe(MAX_WINDOWS);
    expect(getBattery).not.toHaveBeenCalled();
  });
});
