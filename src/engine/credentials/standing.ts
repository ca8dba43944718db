/**
 * How the manifests that a store holds beside the active one stand. Pure. What was found when each was taken in is
 * recorded with it, signed by who took it in; what is found otherwise now, the SDK tells as deltas. It is silent about
 * whatever anybody has recorded before, also a stranger: a record of a fault counts whoever made it, one of a merit only if
 * its maker is known.
 */
import type { CredentialState } from '../../contract/label';
import { activeOf, asList, asText, codesOf, deltasOf, isSigner, isTrustedBy, manifestOf, TRUSTED } from './store';
import type { Ingredient, Manifest, ManifestStore, Status } from './store';

const isMismatch = (code: string): boolean => code.endsWith('.mismatch') && !code.startsWith('timeStamp.');
/** Of a manifest itself; the media of an ingredient is not there to be looked at. */
const isAltered = (code: string): boolean =>
  /^(ingredient\.\w+|assertion\.hashedURI|claimSignature)\.mismatch$/.test(code);
const isSpoilt = (code: string): boolean => /^assertion\.(missing|action\.redacted|notRedacted)$/.test(code);
const isBound = (code: string): boolean => code.endsWith('Hash.match');
/** Says nothing against what was signed. */
const isHarmless = (code: string): boolean => code.startsWith('cawg.') || code.startsWith('timeStamp.');

/** Label of the manifest that an address of the store leads into. */
const labelIn = (url: unknown): string => /^(?:self#jumbf=\/c2pa\/)?([^/]+)/.exec(asText(url) ?? '')?.[1] ?? '';

const ingredientsOf = (store: ManifestStore): [writer: Manifest, ingredient: Ingredient][] =>
  asList(Object.values(store.manifests ?? {})).flatMap((writer) =>
    asList(writer.ingredients).map((ingredient): [Manifest, Ingredient] => [writer, ingredient]),
  );

/** All faults that were recorded with an ingredient, of itself and of what it was made of. */
const recordedFaults = ({ validation_results: results, validation_status }: Ingredient): Status[] => [
  ...asList(results?.activeManifest?.failure),
  ...deltasOf(results).flatMap(({ failure }) => asList(failure)),
  ...asList(validation_status),
];

const codesIn = (failure: Status[]): string[] => codesOf({ failure }).failure;

/** Faults that strangers have recorded: what they name, the SDK won't tell any more. */
function strangersFaults(store: ManifestStore): Status[] {
  const known = new Set([activeOf(store), ...vouchedIn(store).map((label) => manifestOf(store, label))]);
  return ingredientsOf(store).flatMap(([writer, of]) => (known.has(writer) ? [] : recordedFaults(of)));
}

/** Deltas of manifests that are not to the last byte what was signed: written over, or with something taken out. */
const notWhole = (store: ManifestStore): Status[] =>
  deltasOf(store.validation_results)
    .filter((delta) => !codesOf(delta).success.includes('ingredient.manifest.validated'))
    .flatMap(({ failure }) => asList(failure));

/**
 * Codes of embedded manifests that are not what the manifests above them have signed: somebody wrote over them since.
 * One that was broken when it was taken in fits its hash, and is none of these.
 */
export const alteredSince = (store: ManifestStore): string[] => [
  ...codesIn(notWhole(store)).filter(isMismatch),
  ...codesIn(strangersFaults(store)).filter(isAltered),
];

/** Codes of embedded manifests from which something was taken away since, or against the rules. */
export const spoiltSince = (store: ManifestStore): string[] => [
  ...codesIn(notWhole(store)).filter((code) => !isSigner(code) && !isHarmless(code)),
  ...codesIn([
    ...deltasOf(store.validation_results).flatMap(({ failure }) => asList(failure)),
    ...strangersFaults(store),
  ]).filter(isSpoilt),
];

interface Codes {
  trusted: boolean;
  failure: string[];
}

/** What is found today and differs from what was recorded, by the label of the manifest. */
function differences(store: ManifestStore): Map<string, Codes> {
  const found = new Map<string, Codes>();
  const of = (label: string): Codes => {
    const codes = found.get(label) ?? { trusted: false, failure: [] };
    found.set(label, codes);
    return codes;
  };
  for (const { success, failure } of deltasOf(store.validation_results)) {
    for (const status of asList(success)) {
      const label = labelIn(status.url);
      if (isTrustedBy(status, label)) of(label).trusted = true;
    }
    for (const status of asList(failure)) of(labelIn(status.url)).failure.push(...codesIn([status]));
  }
  return found;
}

/** Records of version 1 name only what failed; later ones what was examined, too. */
const wasExamined = ({ validation_results: results }: Ingredient): boolean =>
  results == null || codesOf(results.activeManifest).success.some(isBound);

/**
 * Labels of the embedded manifests whose signers a list of this read vouches for, as far as one leads to the next: what
 * a stranger has taken in is not asked for.
 */
export function vouchedIn(store: ManifestStore): string[] {
  const today = differences(store);
  const doubted = new Set(
    ingredientsOf(store)
      .flatMap(([, of]) => recordedFaults(of))
      .filter(({ code }) => isSigner(String(code)))
      .map(({ url }) => labelIn(url)),
  );
  const isVouchedFor = ({ active_manifest, validation_results: results }: Ingredient): boolean => {
    const label = asText(active_manifest) ?? '';
    const { trusted = false, failure = [] } = today.get(label) ?? {};
    if (failure.some(isSigner)) return false;
    return trusted || (codesOf(results?.activeManifest).success.includes(TRUSTED) && !doubted.has(label));
  };
  const vouched = new Set<string>();
  const open = [activeOf(store)];
  for (let writer = open.pop(); writer !== undefined; writer = open.pop()) {
    for (const ingredient of asList(writer?.ingredients)) {
      const label = asText(ingredient.active_manifest);
      if (label === null || vouched.has(label) || !isVouchedFor(ingredient)) continue;
      vouched.add(label);
      open.push(manifestOf(store, label));
    }
  }
  return [...vouched];
}

export interface Standings {
  /** What is wrong with an ingredient, by what was recorded of it and what is found now; null when nothing. */
  of(ingredient: Ingredient): CredentialState | null;
  isIntact(ingredient: Ingredient): boolean;
  /** Whether it is intact, was examined when it was taken in, and its signer is known. */
  isSound(ingredient: Ingredient): boolean;
}

/** @param vouched labels of embedded manifests whose signers some list vouches for */
export function standingsIn(store: ManifestStore, vouched: ReadonlySet<string>): Standings {
  const today = differences(store);
  const of = (ingredient: Ingredient): CredentialState | null => {
    const { active_manifest, validation_results: results, validation_status } = ingredient;
    const label = asText(active_manifest) ?? '';
    const before = codesIn(results == null ? asList(validation_status) : asList(results.activeManifest?.failure));
    const failure = [...before, ...(today.get(label)?.failure ?? [])].filter((code) => !isHarmless(code));
    if (failure.some(isMismatch)) return 'changed';
    if (failure.some((code) => !isSigner(code))) return 'malformed';
    return failure.length > 0 && !vouched.has(label) ? 'unrecognised' : null;
  };
  const isIntact = (ingredient: Ingredient): boolean => !['changed', 'malformed'].includes(String(of(ingredient)));
  return {
    of,
    isIntact,
    isSound: (ingredient) =>
      isIntact(ingredient) && wasExamined(ingredient) && vouched.has(asText(ingredient.active_manifest) ?? ''),
  };
}
