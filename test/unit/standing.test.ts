/** How embedded manifests stand: what was recorded, what is found now, and whose name may speak for whose word. */
import { describe, expect, test } from 'vitest';
import { describe as describeStore } from '../../src/engine/credentials/describe';
import { alteredSince, spoiltSince, standingsIn, vouchedIn } from '../../src/engine/credentials/standing';
import type { Ingredient, Manifest, ManifestStore, Status } from '../../src/engine/credentials/store';

const at = (label: string, codes: string[]): Status[] =>
  codes.map((code) => ({
    code,
    url: `self#jumbf=/c2pa/${label}/c2pa.signature`,
    explanation: 'signing certificate trusted, found in [system_anchors] trust anchors',
  }));
const TRUSTED = 'signingCredential.trusted';
const UNTRUSTED = 'signingCredential.untrusted';

/** @param then recorded of the parent @param now found of it today, as differences */
const edited = (then: [string[], string[]] | null, now: [string[], string[]], label = 'b'): ManifestStore => {
  const parent: Ingredient = { relationship: 'parentOf', active_manifest: 'b' };
  if (then !== null)
    parent.validation_results = {
      activeManifest: { success: at('b', ['assertion.bmffHash.match', ...then[0]]), failure: at('b', then[1]) },
    };
  const capture = { action: 'c2pa.created', digitalSourceType: 'digitalCapture' };
  return {
    active_manifest: 'a',
    manifests: {
      a: {
        assertions: [{ label: 'c2pa.actions', data: { actions: [{ action: 'c2pa.opened' }] } }],
        ingredients: [parent],
      },
      b: { assertions: [{ label: 'c2pa.actions', data: { actions: [capture] } }] },
    },
    validation_results: {
      ingredientDeltas: [
        {
          validationDeltas: {
            success: at(label, ['ingredient.manifest.validated', ...now[0]]),
            failure: at(label, now[1]),
          },
        },
      ],
    },
  };
};

describe('a camera clip that was taken in', () => {
  test.each<
    [
      string,
      [string[], string[]] | null,
      [string[], string[]],
      string | null,
      'captured' | 'nothing',
      'captured' | 'nothing',
    ]
  >([
    // what, recorded, found now; its standing; what a known signer says by it, and an unknown one
    ['trusted then and now', [[TRUSTED], []], [[], []], null, 'captured', 'captured'],
    ['trusted now', [[], [UNTRUSTED]], [[TRUSTED], []], null, 'captured', 'captured'],
    ['trusted now, nothing recorded', null, [[TRUSTED], []], null, 'captured', 'captured'],
    ['trusted then and not now', [[TRUSTED], []], [[], [UNTRUSTED]], 'unrecognised', 'nothing', 'captured'],
    [
      'revoked now',
      [[], [UNTRUSTED]],
      [[TRUSTED], ['signingCredential.ocsp.revoked']],
      'unrecognised',
      'nothing',
      'captured',
    ],
    ['never trusted', [[], [UNTRUSTED]], [[], []], 'unrecognised', 'nothing', 'captured'],
    ['nothing recorded, unknown now', null, [[], [UNTRUSTED]], 'unrecognised', 'nothing', 'captured'],
    [
      'changed when it was taken in',
      [[TRUSTED], ['assertion.bmffHash.mismatch']],
      [[], []],
      'changed',
      'nothing',
      'nothing',
    ],
    ['damaged when it was taken in', [[TRUSTED], ['assertion.missing']], [[], []], 'malformed', 'nothing', 'nothing'],
    ['an identity that is not known', [[TRUSTED], ['cawg.identity.untrusted']], [[], []], null, 'captured', 'captured'],
  ])('%s', (_, then, now, standing, known, unknown) => {
    const store = edited(then, now);
    const [parent] = store.manifests?.['a']?.ingredients ?? [];
    expect(standingsIn(store, new Set(vouchedIn(store))).of(parent as Ingredient)).toBe(standing);
    const says = (state: 'trusted' | 'unrecognised'): string =>
      describeStore(store, { state, reason: null, detail: null }, 'c2pa', new Set(vouchedIn(store))).says;
    expect([says('trusted'), says('unrecognised')]).toEqual([known, unknown]);
  });

  test('what is found of another manifest counts for that one', () => {
    expect(vouchedIn(edited([[], [UNTRUSTED]], [[TRUSTED], []], 'c'))).toEqual([]);
  });
});

describe('what strangers have recorded', () => {
  /** One more manifest, with a record of b; a part of the clip, or nobody's. */
  const withStranger = (success: string[], failure: string[], isPart: boolean): ManifestStore => {
    const store = edited([[], [UNTRUSTED]], [[], []]);
    const manifests = store.manifests as Record<string, Manifest>;
    const record = { success: at('b', ['assertion.bmffHash.match', ...success]), failure: at('b', failure) };
    manifests['s'] = {
      ingredients: [{ relationship: 'inputTo', active_manifest: 'b', validation_results: { activeManifest: record } }],
    };
    if (isPart) manifests['a']?.ingredients?.push({ relationship: 'componentOf', active_manifest: 's' });
    return store;
  };

  test.each([true, false])(
    'a merit that a stranger has recorded counts for nothing (part of the clip: %s)',
    (isPart) => {
      expect(vouchedIn(withStranger([TRUSTED], [], isPart))).toEqual([]);
    },
  );

  test.each([
    ['ingredient.manifest.mismatch', [1, 0]],
    ['assertion.hashedURI.mismatch', [1, 0]],
    ['assertion.action.redacted', [0, 1]],
    ['assertion.bmffHash.mismatch', [0, 0]], // of its media, which nobody can look at any more
    [UNTRUSTED, [0, 0]],
  ])('a fault counts, whoever has recorded it: %s', (code, [altered, spoilt]) => {
    const store = withStranger([], [code], true);
    expect([alteredSince(store).length, spoiltSince(store).length]).toEqual([altered, spoilt]);
  });

  test('a signer whom somebody has found untrusted needs the word of today', () => {
    const store = edited([[TRUSTED], []], [[], []]);
    expect(vouchedIn(store)).toEqual(['b']);
    const manifests = store.manifests as Record<string, Manifest>;
    manifests['s'] = {
      ingredients: [
        { active_manifest: 'b', validation_results: { activeManifest: { failure: at('b', [UNTRUSTED]) } } },
      ],
    };
    expect(vouchedIn(store)).toEqual([]);
  });
});
