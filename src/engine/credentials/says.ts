/** What the signed history says of how the video was made. Pure; codes of provenance, last part of the source type. */
import type { Says } from '../../contract/label';
import { sourceTypeSays } from '../../contract/source-types';
import { activeOf, asList, asText, manifestOf } from './store';
import type { Action, Assertion, Ingredient, Manifest, ManifestStore } from './store';

/** A history deeper than this is cut; far more than any file holds. */
const MAX_DEPTH = 1_000;
/** Actions within actions, deeper than any tool writes. */
const MAX_RELATED = 4;

/** Later outweighs earlier. */
const ORDER: Says[] = ['nothing', 'made-without-ai', 'captured', 'ai-edited', 'ai-generated'];
const isAi = (word: Says): boolean => word === 'ai-generated' || word === 'ai-edited';
const stronger = (a: Says, b: Says): Says => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a);

const actionList = (value: unknown): Action[] =>
  Array.isArray(value) ? (value as Action[]).filter((a) => typeof a === 'object' && (a as unknown) !== null) : [];

const withRelated = (action: Action, depth = 0): Action[] =>
  depth >= MAX_RELATED ? [action] : [action, ...actionList(action.related).flatMap((of) => withRelated(of, depth + 1))];

/** Actions take from their template what they don't say themselves (C2PA 2.2, 18.15.6). */
function actionsIn({ data }: Assertion): Action[] {
  const templates = new Map(actionList(data?.templates).map((of) => [of.action, of]));
  return actionList(data?.actions).flatMap((action) => {
    const template = templates.get(action.action) ?? templates.get('*');
    const digitalSourceType = action.digitalSourceType ?? template?.digitalSourceType;
    return withRelated({ ...action, digitalSourceType });
  });
}

/** Actions of a manifest: `c2pa.actions` and `c2pa.actions.v2`, also further instances (`__1`). */
export const actionsOf = (manifest: Manifest): Action[] =>
  asList(manifest.assertions)
    .filter((a) => /^c2pa\.actions(\.v2)?(__\d+)?$/.test(String(a.label)))
    .flatMap(actionsIn);

/** Signed metadata: it may name AI, and never speaks against it. */
const METADATA = /^(c2pa\.metadata|cawg\.metadata|stds\.iptc(\.photo-metadata)?)(__\d+)?$/;
const SOURCE_TYPE = 'Iptc4xmpExt:DigitalSourceType';

function metadataWord(manifest: Manifest): Says {
  const data = asList(manifest.assertions)
    .filter((a) => METADATA.test(String(a.label)))
    .map((a) => Object(a.data) as Record<string, unknown>);
  return data
    .flatMap((of) => (Object.hasOwn(of, SOURCE_TYPE) ? [of[SOURCE_TYPE]].flat() : []))
    .map((type) => sourceTypeSays(asText(type)))
    .filter(isAi)
    .reduce(stronger, 'nothing');
}

/** A step on other material tells of that step: what the whole was before, its parent says. */
function actionWord(action: Action, hasParent: boolean): Says {
  const word = sourceTypeSays(action.digitalSourceType);
  const isCreation = action.action === 'c2pa.created';
  if (word === 'ai-generated') return isCreation ? word : 'ai-edited';
  const isOfWhole = isCreation || (!hasParent && action.action !== 'c2pa.placed');
  return isAi(word) || isOfWhole ? word : 'nothing';
}

function ownWord(manifest: Manifest): Says {
  const hasParent = asList(manifest.ingredients).some(({ relationship }) => relationship === 'parentOf');
  return actionsOf(manifest)
    .map((action) => actionWord(action, hasParent))
    .reduce(stronger, metadataWord(manifest));
}

/** Whether more than a word of AI may be taken over from an ingredient. */
export type IsSound = (ingredient: Ingredient) => boolean;

function handedOn(theirs: Says, ingredient: Ingredient, isSound: IsSound): Says {
  // A component with AI makes the whole partly AI; a parent's word is the whole's word.
  if (ingredient.relationship !== 'parentOf') return isAi(theirs) ? 'ai-edited' : 'nothing';
  return isAi(theirs) || isSound(ingredient) ? theirs : 'nothing';
}

/**
 * What the active manifest and its history say; AI anywhere in it outweighs `captured`.
 * @param isSound asked for ingredients whose word is not of AI
 */
export function saysOf(store: ManifestStore, isSound: IsSound = () => true): Says {
  /** Words found so far: a crafted history may lead to one manifest on millions of ways, or in circles. */
  const known = new Map<Manifest, Says>();
  const wordOf = (manifest: Manifest, depth: number): Says => {
    const before = known.get(manifest);
    if (before !== undefined) return before;
    let word = ownWord(manifest);
    known.set(manifest, word);
    if (depth >= MAX_DEPTH) return word;
    for (const ingredient of asList(manifest.ingredients)) {
      const inner = manifestOf(store, ingredient.active_manifest);
      if (inner === null || ingredient.relationship === 'inputTo') continue;
      word = stronger(word, handedOn(wordOf(inner, depth + 1), ingredient, isSound));
    }
    known.set(manifest, word);
    return word;
  };
  const active = activeOf(store);
  return active === null ? 'nothing' : wordOf(active, 0);
}
