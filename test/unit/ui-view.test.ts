import { describe, expect, test, vi } from 'vitest';
import { cannotTell, emptyCredentials } from '../../src/contract/lanes';
import type { Credentials, Disclosure, Estimate, Label } from '../../src/contract/label';

vi.mock('../../src/platform/texts', async () => {
  const { english } = await import('../../src/label/english');
  return { translate: english, language: () => ({ lang: 'en', dir: 'ltr' }) };
});
const { badgeView } = await import('../../src/ui/badge/view');
const { METER, STATEMENT } = await import('../../src/ui/badge/glyphs');

function labelOf(
  credentials: Partial<Credentials>,
  estimate: Partial<Estimate> = {},
  disclosures: Disclosure[] = [],
): Label {
  return {
    credentials: { ...emptyCredentials('none'), ...credentials },
    disclosures,
    estimate: { ...cannotTell('still-looking', [3, 8]), ...estimate },
  } as unknown as Label;
}

const view = (label: Label | null, over = {}) =>
  badgeView({ label, settled: true, progress: null, lost: false, ...over });

describe('what the badge shows', () => {
  test('signed, and strong signs', () => {
    const v = view(
      labelOf(
        { state: 'trusted', says: 'ai-generated', issuer: 'OpenAI' },
        { state: 'answered', band: 'strong', reason: null },
      ),
    );
    expect(v.provenance).toEqual({ glyph: 'seal', words: 'Signed: AI-generated (OpenAI)' });
    expect(v.likelihood).toEqual({ glyph: 'strong', words: 'Strong signs of AI' });
  });

  test('real states while it works', () => {
    const v = view(labelOf({ state: 'unverified' }), { progress: { read: 3.2e6, total: 20e6 } });
    expect(v.provenance.words).toBe('Reading, 3.2 of 20 MB');
    expect(v.likelihood?.words).toBe('Looking, 3 of 8 frames');
  });

  test('a claim that is being checked stays a claim', () => {
    const v = view(labelOf({ state: 'unverified', claims: 'ai-generated' }), { progress: { read: 1, total: 2 } });
    expect(v.provenance).toMatchObject({
      glyph: 'stranger',
      words: 'Claims: AI-generated (not yet checked)',
    });
  });

  test('an unsigned statement leads over "no credentials", not over a warning', () => {
    const file: Disclosure = { kind: 'aigc-label', says: 'ai-generated', value: 'x', where: 'y', by: 'file' };
    expect(view(labelOf({}, {}, [file])).provenance).toMatchObject({
      glyph: 'quote',
      words: 'File says: AI-generated',
    });
    expect(view(labelOf({ state: 'changed' }, {}, [file])).provenance).toMatchObject({
      glyph: 'warning',
    });
  });

  test('estimate off: no likelihood part', () => {
    expect(view(labelOf({}, { reason: 'switched-off' })).likelihood).toBeNull();
  });

  test('reasons are named', () => {
    expect(view(labelOf({ state: 'unreachable', reason: 'protected' })).provenance.words).toBe(
      'Not checked: protected by DRM',
    );
    expect(view(null, { lost: true }).provenance.words).toBe("Not checked: Assay's engine did not start");
  });

  test('every shape is different', () => {
    const shapes = [...Object.values(STATEMENT), ...Object.values(METER)];
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});
