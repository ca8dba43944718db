/** The signed history as a tree, for the panel. Strings are hostile: cut where they are long, else as they are. */
import type { CredentialState, HistoryAction, HistoryStep } from '../../contract/label';
import { sourceType } from '../../contract/source-types';
import { actionsOf } from './says';
import { standingsIn } from './standing';
import { activeOf, asList, asText, manifestOf, shortText, signerOf } from './store';
import type { Ingredient, Manifest, ManifestStore } from './store';

const MAX_DEPTH = 16;
/** Of the whole tree: a crafted history may be deep, wide, or lead to one manifest on millions of ways. */
const MAX_STEPS = 200;
const MAX_ACTIONS = 400;

export function toolOf(manifest: Manifest): string | null {
  const [info] = asList(manifest.claim_generator_info);
  const name = asText(info?.name);
  if (name === null) return shortText(manifest.claim_generator);
  const version = asText(info?.version);
  return shortText(version === null ? name : `${name} ${version}`);
}

const actionsIn = (manifest: Manifest, max: number): HistoryAction[] =>
  actionsOf(manifest)
    .slice(0, max)
    .map((a) => ({
      action: shortText(a.action) ?? '',
      source_type: shortText(sourceType(a.digitalSourceType)),
      when: shortText(a.when),
    }));

export interface History {
  steps: HistoryStep[];
  /** Names of the steps' small pictures in the store, in the order of the tree from top to bottom. */
  pictures: (string | null)[];
}

/**
 * @param state state of the active manifest
 * @param vouched labels of embedded manifests whose signers some list vouches for
 */
export function historyOf(
  store: ManifestStore,
  state: CredentialState,
  vouched: ReadonlySet<string> = new Set(),
): History {
  const pictures: (string | null)[] = [];
  let actions = 0;
  const standings = standingsIn(store, vouched);

  const step = (manifest: Manifest | null, ingredient: Ingredient | null, path: readonly Manifest[]): HistoryStep => {
    pictures.push(asText((ingredient?.thumbnail ?? manifest?.thumbnail)?.identifier));
    const done = manifest === null ? [] : actionsIn(manifest, MAX_ACTIONS - actions);
    actions += done.length;
    const inner: HistoryStep[] = [];
    if (manifest !== null && path.length < MAX_DEPTH && !path.includes(manifest)) {
      for (const of of asList(manifest.ingredients)) {
        if (pictures.length >= MAX_STEPS) break;
        inner.push(step(manifestOf(store, of.active_manifest), of, [...path, manifest]));
      }
    }
    return {
      title: shortText(ingredient?.title) ?? shortText(manifest?.title),
      tool: manifest === null ? null : toolOf(manifest),
      issuer: signerOf(manifest),
      signed_at: shortText(manifest?.signature_info?.time),
      relationship: shortText(ingredient?.relationship),
      actions: done,
      state: ingredient === null ? state : standings.of(ingredient),
      ingredients: inner,
    };
  };

  const active = activeOf(store);
  return { steps: active === null ? [] : [step(active, null, [])], pictures };
}
