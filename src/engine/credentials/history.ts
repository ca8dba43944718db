/** The signed history as a tree, for the panel. Strings are hostile and come out as they are. */
import type { CredentialState, HistoryStep } from '../../contract/label';
import { actionsOf, sourceType } from './says';
import { activeOf, asList, asText, codesOf, manifestOf } from './store';
import type { Ingredient, Manifest, ManifestStore } from './store';

const MAX_DEPTH = 16;
const MAX_STEPS = 200;

export function toolOf(manifest: Manifest): string | null {
  const [info] = asList(manifest.claim_generator_info);
  const name = asText(info?.name);
  if (name === null) return asText(manifest.claim_generator);
  const version = asText(info?.version);
  return version === null ? name : `${name} ${version}`;
}

/** What the editor recorded of an ingredient when taking it in; null when nothing. */
function recordedState(ingredient: Ingredient): CredentialState | null {
  if (ingredient.validation_results == null) return null;
  const { failure } = codesOf(ingredient.validation_results.activeManifest);
  if (failure.some((code) => code.endsWith('.mismatch'))) return 'changed';
  if (failure.some((code) => !code.startsWith('signingCredential.') && !code.startsWith('cawg.'))) return 'malformed';
  return failure.length > 0 ? 'unrecognised' : null;
}

/** @param state state of the active manifest */
export function historyOf(store: ManifestStore, state: CredentialState): HistoryStep[] {
  let steps = 0;
  const step = (manifest: Manifest | null, ingredient: Ingredient | null, path: readonly Manifest[]): HistoryStep => {
    steps++;
    const deeper = manifest !== null && path.length < MAX_DEPTH && !path.includes(manifest);
    const ingredients = deeper ? asList(manifest.ingredients) : [];
    return {
      title: asText(ingredient?.title) ?? asText(manifest?.title),
      tool: manifest === null ? null : toolOf(manifest),
      issuer: asText(manifest?.signature_info?.issuer),
      signed_at: asText(manifest?.signature_info?.time),
      relationship: asText(ingredient?.relationship),
      actions: (manifest === null ? [] : actionsOf(manifest)).slice(0, MAX_STEPS).map((a) => ({
        action: asText(a.action) ?? '',
        source_type: sourceType(a.digitalSourceType),
        when: asText(a.when),
      })),
      state: ingredient === null ? state : recordedState(ingredient),
      ingredients: ingredients.flatMap((i) =>
        steps < MAX_STEPS ? [step(manifestOf(store, i.active_manifest), i, [...path, manifest as Manifest])] : [],
      ),
    };
  };
  const active = activeOf(store);
  return active === null ? [] : [step(active, null, [])];
}
