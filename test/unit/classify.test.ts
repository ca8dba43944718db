/** From the verifier's codes to our states: the rule that decides what a person is told. */
import { describe, expect, test } from 'vitest';
import { classifyError, classifyStore, errorName } from '../../src/engine/credentials/classify';
import type { Completeness } from '../../src/engine/credentials/classify';
import type { ManifestStore } from '../../src/engine/credentials/store';

const WHOLE: Completeness = { whole: true, hasC2pa: true, hasMedia: true };
const OK = ['claimSignature.validated', 'assertion.hashedURI.match', 'assertion.bmffHash.match'];
const TRUSTED = [...OK, 'signingCredential.trusted'];

const status = (codes: string[]) => codes.map((code) => ({ code }));
const SIGNATURE = 'self#jumbf=/c2pa/urn:c2pa:a/c2pa.signature';
const FOUND = 'signing certificate trusted, found in [system_anchors] trust anchors';
/** @param at whose signer is trusted @param by the SDK's word on the anchors */
const store = (success: string[], failure: string[], by = FOUND, at = SIGNATURE): ManifestStore => ({
  active_manifest: 'urn:c2pa:a',
  validation_results: {
    activeManifest: {
      success: status(success).map((s) =>
        s.code === 'signingCredential.trusted' ? { ...s, url: at, explanation: by } : s,
      ),
      failure: status(failure),
    },
  },
});
const state = (s: ManifestStore, c: Partial<Completeness> = {}) => {
  const { state: name, reason } = classifyStore(s, { ...WHOLE, ...c }, 'trusted');
  return reason === null ? name : `${name} ${reason}`;
};

describe('a store that could be read', () => {
  test.each<[string, ManifestStore, Partial<Completeness>]>([
    ['trusted', store(TRUSTED, []), {}],
    // A time-stamp anchor vouched: user_anchors hold time-stamp services only.
    ['unrecognised untrusted', store(TRUSTED, [], FOUND.replace('system', 'user')), {}],
    ['unrecognised untrusted', store(TRUSTED, [], ''), {}],
    // Of another manifest.
    ['unrecognised untrusted', store(TRUSTED, [], FOUND, SIGNATURE.replace(':a/', ':b/')), {}],
    ['unrecognised untrusted', store(OK, ['signingCredential.untrusted']), {}],
    ['unrecognised expired', store(OK, ['signingCredential.untrusted', 'signingCredential.expired']), {}],
    ['unrecognised expired', store(OK, ['signingCredential.untrusted', 'claimSignature.outsideValidity']), {}],
    ['unrecognised invalid', store(OK, ['signingCredential.invalid', 'signingCredential.expired']), {}],
    ['unrecognised revoked', store(TRUSTED, ['signingCredential.ocsp.revoked']), {}],
    // Identity assertions are not the file.
    ['trusted', store(TRUSTED, ['cawg.identity.untrusted']), {}],
    ['changed', store(TRUSTED.slice(0, 2), ['assertion.bmffHash.mismatch']), {}],
    ['changed', store(OK, ['assertion.hashedURI.mismatch', 'signingCredential.untrusted']), {}],
    ['changed', store(OK, ['assertion.ingredient.hashedURI.mismatch']), {}],
    // The same code as tampering, for a file that is not all there.
    ['unverified partial', store(OK.slice(0, 2), ['assertion.bmffHash.mismatch']), { whole: false }],
    ['unverified init-only', store(OK.slice(0, 2), ['assertion.bmffHash.mismatch']), { hasMedia: false }],
    // An assertion that was altered is no matter of missing bytes.
    ['changed', store(OK, ['assertion.bmffHash.mismatch', 'assertion.hashedURI.mismatch']), { whole: false }],
    ['malformed', store(OK, ['claimSignature.mismatch']), {}],
    ['malformed', store(OK, ['claimSignature.mismatch', 'assertion.bmffHash.mismatch']), {}],
    ['malformed', store(TRUSTED, ['assertion.action.malformed']), {}],
    ['malformed', store(TRUSTED, ['assertion.bmffHash.malformed']), { whole: false }],
    ['malformed', store(TRUSTED, ['a.code.of.the.future']), {}],
    ['malformed', store(['signingCredential.trusted', 'assertion.bmffHash.match'], []), {}],
    ['malformed', store(['signingCredential.trusted', 'claimSignature.validated'], []), {}],
  ])('%s', (expected, s, c) => {
    expect(state(s, c)).toBe(expected);
  });

  describe('C11: embedded manifests', () => {
    const VALID = ['ingredient.manifest.validated'];
    const withDelta = (success: string[], failure: string[]): ManifestStore => {
      const base = store(TRUSTED, []);
      const deltas = [
        { validationDeltas: {} },
        { validationDeltas: { success: status(success), failure: status(failure) } },
      ];
      return { ...base, validation_results: { ...base.validation_results, ingredientDeltas: deltas } };
    };
    test.each<[string, string[], string[]]>([
      ['changed', [], ['ingredient.manifest.mismatch', 'assertion.hashedURI.mismatch']],
      ['changed', [], ['assertion.hashedURI.mismatch']],
      ['changed', ['signingCredential.trusted'], ['claimSignature.mismatch']],
      // Broken when it was taken in, and as it was since.
      ['trusted', VALID, ['assertion.hashedURI.mismatch']],
      ['trusted', VALID, ['signingCredential.untrusted', 'signingCredential.expired']],
      ['trusted', VALID, []],
      ['trusted', [], ['timeStamp.mismatch']],
      // Taken away, or by a rule that nobody may use.
      ['malformed', VALID, ['assertion.missing']],
      ['malformed', [], ['assertion.action.redacted']],
      ['malformed', [], ['assertion.action.malformed']],
      ['trusted', VALID, ['assertion.action.malformed']],
    ])('%s: %j, %j', (expected, success, failure) => {
      expect(state(withDelta(success, failure))).toBe(expected);
    });
    test('deltas of any shape are met', () => {
      const odd = {
        ...store(TRUSTED, []),
        validation_results: {
          ...store(TRUSTED, []).validation_results,
          ingredientDeltas: [null, {}, { validationDeltas: null }],
        },
      };
      expect(state(odd as unknown as ManifestStore)).toBe('trusted');
    });
  });

  test('C7: a stranger’s identity assertion is no stranger’s claim, and a known one’s vouches for none', () => {
    const url = (label: string): string => `self#jumbf=/c2pa/urn:c2pa:a/${label}`;
    const identity = url('c2pa.assertions/cawg.identity__1');
    const withStatus = (base: ManifestStore, kind: 'success' | 'failure', code: string, at: string): ManifestStore => {
      const codes = base.validation_results?.activeManifest ?? {};
      const list = [...(codes[kind] ?? []), { code, url: at }];
      return {
        ...base,
        validation_results: { ...base.validation_results, activeManifest: { ...codes, [kind]: list } },
      };
    };
    const trusted = store(TRUSTED, []);
    expect(state(withStatus(trusted, 'failure', 'signingCredential.untrusted', identity))).toBe('trusted');
    expect(state(withStatus(trusted, 'failure', 'signingCredential.untrusted', url('c2pa.signature')))).toBe(
      'unrecognised untrusted',
    );
    expect(state(withStatus(store(OK, []), 'success', 'signingCredential.trusted', identity))).toBe(
      'unrecognised untrusted',
    );
    expect(state(withStatus(trusted, 'failure', 'assertion.hashedURI.mismatch', identity))).toBe('changed');
  });

  test('C18: what was not validated was not tampered with', () => {
    expect(state({})).toBe('unverified engine-unavailable');
    expect(state({ validation_results: {} })).toBe('unverified engine-unavailable');
    expect(state(store([], []))).toBe('unverified engine-unavailable');
    expect(state(store(OK.slice(0, 1), []))).toBe('malformed');
  });

  test('a trusted signer gives the state of the list that was read', () => {
    expect(classifyStore(store(TRUSTED, []), WHOLE, 'trusted-interim').state).toBe('trusted-interim');
  });
});

describe('an error', () => {
  test.each<[string, string, Partial<Completeness>]>([
    ['none', 'C2pa(JumbfNotFound)', { hasC2pa: false }],
    ['malformed', 'C2pa(JumbfNotFound)', {}],
    ['unsupported container', 'C2pa(UnsupportedType)', {}],
    ['unverified partial', 'C2pa(IoError(Error { kind: UnexpectedEof, message: "" }))', { whole: false }],
    ['malformed', 'C2pa(IoError(Error { kind: UnexpectedEof, message: "failed to fill whole buffer" }))', {}],
    ['unverified partial', 'C2pa(InvalidAsset("Box size extends beyond asset bounds"))', { whole: false }],
    ['malformed', 'C2pa(InvalidAsset("Box size extends beyond asset bounds"))', {}],
    ['unsupported not-media', 'C2pa(InvalidAsset("invalid BMFF structure: expected box type \\"ftyp\\" at 4"))', {}],
    ['malformed', 'C2pa(JumbfParseError(UnexpectedEof))', {}],
    ['malformed', 'C2pa(CyclicIngredients { claim_label_path: ["urn"] })', {}],
    ['malformed', 'C2pa(ClaimMissingHardBinding)', {}],
    ['malformed', 'an error of the future', {}],
  ])('%s: %s', (expected, error, c) => {
    const { state: name, reason } = classifyError(error, { ...WHOLE, ...c });
    expect(reason === null ? name : `${name} ${reason}`).toBe(expected);
  });

  test('a manifest kept elsewhere: its host, and nothing more', () => {
    const verdict = classifyError('C2pa(RemoteManifestUrl("https://user:secret@kept.example/a?token=1"))', WHOLE);
    expect(verdict).toMatchObject({ state: 'remote', detail: 'kept.example' });
  });

  test('what is longer than any name that can be asked for is quoted as a text, and cut', () => {
    const link = `https://${'a.'.repeat(4_000)}example/`;
    const { detail } = classifyError(`C2pa(RemoteManifestUrl("${link}"))`, WHOLE);
    expect(detail).toBe(link.slice(0, 80));
  });

  test('names', () => {
    expect(errorName('C2pa(InvalidClaim(ClaimSuperboxNotFound))')).toBe('InvalidClaim');
    expect(errorName('')).toBe('unknown');
  });
});
