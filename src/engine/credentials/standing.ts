/**
 * How the manifests that a store holds beside the active one stand. Pure. What was found when each was taken in is
 * recorded with it, signed; what is found otherwise now, the SDK tells as deltas.
 */
import type { CredentialState } from '../../contract/label';
import { asList, asText, codesOf, deltasOf } from './store';
import type { Ingredient, ManifestStore, Status } from './store';

const TRUSTED = 'signingCredential.trusted';

const isMismatch = (code: string): boolean => code.endsWith('.mismatch') && !code.startsWith('timeStamp.');
const isBound = (code: string): boolean => code.endsWith('Hash.match');
const isSigner = (code: string): boolean =>
  code.startsWith('signingCredential.') || code === 'claimSignature.outsideValidity';
/** Says nothing against what was signed. */
const isHarmless = (code: string): boolean => code.startsWith('cawg.') || code.startsWith('timeStamp.');

/**
 * Codes of embedded manifests that are not what the manifests above them have signed: somebody wrote over them since.
 * One that was broken when it was taken in fits its hash, and is none of these.
 */
export function alteredSince(store: ManifestStore): string[] {
  return deltasOf(store).flatMap((delta) => {
    const { success, failure } = codesOf(delta);
    const isWhatWasSigned = success.includes('ingredient.manifest.validated');
    return isWhatWasSigned ? [] : failure.filter(isMismatch);
  });
}

/** Label of the manifest that an address of the store leads into. */
const labelIn = (url: unknown): string => /^(?:self#jumbf=\/c2pa\/)?([^/]+)/.exec(asText(url) ?? '')?.[1] ?? '';

interface Codes {
  success: string[];
  failure: string[];
}

/** Codes of today that differ from what was recorded, by the label of their manifest. */
function differences(store: ManifestStore): Map<string, Codes> {
  const found = new Map<string, Codes>();
  const take = (kind: keyof Codes, list: Status[] | undefined): void => {
    for (const status of asList(list)) {
      const label = labelIn(status.url);
      const codes = found.get(label) ?? { success: [], failure: [] };
      found.set(label, codes);
      codes[kind].push(...codesOf({ [kind]: [status] })[kind]);
    }
  };
  for (const { success, failure } of deltasOf(store)) {
    take('success', success);
    take('failure', failure);
  }
  return found;
}

export interface Standings {
  /** What is wrong with an ingredient, by what was recorded of it and what is found now; null when nothing. */
  of(ingredient: Ingredient): CredentialState | null;
  /** Whether a list of this read vouches for its signer, and it was examined when it was taken in. */
  isVouchedFor(ingredient: Ingredient): boolean;
  isIntact(ingredient: Ingredient): boolean;
}

export function standingsIn(store: ManifestStore): Standings {
  const differing = differences(store);
  const codesFor = ({
    active_manifest,
    validation_results,
    validation_status,
  }: Ingredient): { today: Codes; before: Codes } => ({
    today: differing.get(asText(active_manifest) ?? '') ?? { success: [], failure: [] },
    before:
      validation_results == null
        ? { success: [], failure: codesOf({ failure: asList(validation_status) }).failure }
        : codesOf(validation_results.activeManifest),
  });
  /** Records of version 1 name only what failed; later ones what was examined, too. */
  const wasExamined = ({ validation_results }: Ingredient): boolean =>
    validation_results == null || codesOf(validation_results.activeManifest).success.some(isBound);

  const isVouchedFor = (ingredient: Ingredient): boolean => {
    const { today, before } = codesFor(ingredient);
    if (!wasExamined(ingredient) || today.failure.some(isSigner)) return false;
    return today.success.includes(TRUSTED) || (before.success.includes(TRUSTED) && !before.failure.some(isSigner));
  };

  const of = (ingredient: Ingredient): CredentialState | null => {
    const { today, before } = codesFor(ingredient);
    const failure = [...before.failure, ...today.failure].filter((code) => !isHarmless(code));
    if (failure.some(isMismatch)) return 'changed';
    if (failure.some((code) => !isSigner(code))) return 'malformed';
    return failure.length > 0 && !isVouchedFor(ingredient) ? 'unrecognised' : null;
  };

  return {
    of,
    isVouchedFor,
    isIntact: (ingredient) => !['changed', 'malformed'].includes(String(of(ingredient))),
  };
}

/** Labels of all embedded manifests whose signers a list of this read vouches for. */
export function vouchedIn(store: ManifestStore): string[] {
  const { isVouchedFor } = standingsIn(store);
  return Object.values(store.manifests ?? {})
    .flatMap((manifest) => asList(manifest.ingredients))
    .flatMap((of) => (typeof of.active_manifest === 'string' && isVouchedFor(of) ? [of.active_manifest] : []));
}
