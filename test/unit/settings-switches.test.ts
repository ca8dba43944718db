import { describe, expect, test, vi } from 'vitest';
import { isOn, siteOf } from '../../src/contract/settings';

vi.mock('../../src/platform/storage', () => ({}));
vi.mock('../../src/platform/texts', () => ({}));
const { siteSwitch } = await import('../../src/ui/popup/switches');
const { fact, factsList } = await import('../../src/ui/options/facts');
const { listAge } = await import('../../src/ui/options/list-age');

describe('the switch of a site', () => {
  test.each(['everywhere', 'chosen'] as const)('%s: what is stored says what was asked for', (mode) => {
    for (const on of [true, false]) expect(isOn({ enabled: true, mode }, siteSwitch(mode, on))).toBe(on);
  });

  test('what the mode says already is not stored', () => {
    expect(siteSwitch('everywhere', true)).toBeUndefined();
    expect(siteSwitch('chosen', false)).toBeUndefined();
  });

  test('main switch off is off', () => {
    expect(isOn({ enabled: false, mode: 'everywhere' }, 'on')).toBe(false);
  });

  test('sites by the host of the top document', () => {
    expect(siteOf('https://www.site.test:8443/a')).toBe('site.test');
    expect(siteOf('file:///a')).toBe('file:');
    expect(siteOf('nonsense')).toBeNull();
  });
});

describe('facts of the package', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  test.each([
    ['2026-11-25', null],
    ['2026-11-26', null],
    ['2026-11-28', 'future'],
    ['2026-08-14', null],
    ['2025-11-25', null],
    ['2025-11-24', 'old'],
    ['no date', null],
  ])('a list of %s: %s', (date, age) => {
    expect(listAge(date, now)).toBe(age);
  });

  test('lists in any of their shapes', () => {
    const one = { name: 'a', certificates: ['x', 'y'] };
    for (const json of [[one], { lists: [one] }, { a: one }]) expect(factsList(json)).toEqual([one]);
    expect(factsList(null)).toEqual([]);
    expect(fact(one, 'count', 'certificates')).toBe('2');
    expect(fact(one, 'date')).toBeNull();
  });
});
