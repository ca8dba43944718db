/** What the signed history says of how the video was made. Pure; codes of provenance, last part of the source type. */
import type { Says } from '../../contract/label';
import { activeOf, asList, asText, manifestOf } from './store';
import type { Action, Manifest, ManifestStore } from './store';

const GENERATED = ['trainedAlgorithmicMedia'];
const COMPOSITE = ['compositeWithTrainedAlgorithmicMedia', 'compositeSynthetic'];
const CAPTURED = ['digitalCapture', 'computationalCapture'];
const WITHOUT_AI = [
  'algorithmicMedia',
  'algorithmicallyEnhanced',
  'dataDrivenMedia',
  'virtualRecording',
  'digitalCreation',
  'digitalArt',
  'softwareImage',
  'screenCapture',
  'compositeCapture',
  'composite',
  'negativeFilm',
  'positiveFilm',
  'print',
  'humanEdits',
  'minorHumanEdits',
];
/** A history deeper than this is cut. */
const MAX_DEPTH = 32;

/** Last path part of a source type of IPTC or C2PA, http or https, or a bare name. */
export function sourceType(value: unknown): string | null {
  const text = asText(value);
  if (text === null) return null;
  return (
    /^(?:https?:\/\/(?:cv\.iptc\.org\/newscodes|c2pa\.org)\/digitalsourcetype\/)?(\w+)$/.exec(text.trim())?.[1] ?? null
  );
}

/** Actions of a manifest: `c2pa.actions` and `c2pa.actions.v2`, also further instances (`__1`). */
export function actionsOf(manifest: Manifest): Action[] {
  return asList(manifest.assertions)
    .filter((a) => /^c2pa\.actions(\.v2)?(__\d+)?$/.test(String(a.label)))
    .flatMap((a) => (Array.isArray(a.data?.actions) ? (a.data.actions as Action[]) : []))
    .filter((a) => typeof a === 'object' && (a as unknown) !== null);
}

function ownWord(manifest: Manifest): Says {
  let word: Says = 'nothing';
  const raise = (to: Says): void => {
    if (ORDER.indexOf(to) > ORDER.indexOf(word)) word = to;
  };
  for (const action of actionsOf(manifest)) {
    const type = sourceType(action.digitalSourceType);
    if (type === null) continue;
    if (GENERATED.includes(type)) raise(action.action === 'c2pa.created' ? 'ai-generated' : 'ai-edited');
    else if (COMPOSITE.includes(type)) raise('ai-edited');
    else if (CAPTURED.includes(type)) raise('captured');
    else if (WITHOUT_AI.includes(type)) raise('made-without-ai');
  }
  return word;
}

/** Later outweighs earlier. */
const ORDER: Says[] = ['nothing', 'made-without-ai', 'captured', 'ai-edited', 'ai-generated'];
const isAi = (word: Says): boolean => word === 'ai-generated' || word === 'ai-edited';

/** @param known words found so far: a crafted history may lead to one manifest on millions of ways */
function wordOf(store: ManifestStore, manifest: Manifest, depth: number, known: Map<Manifest, Says>): Says {
  const before = known.get(manifest);
  if (before !== undefined) return before;
  let word = ownWord(manifest);
  known.set(manifest, word); // ends cycles
  if (depth >= MAX_DEPTH) return word;
  for (const ingredient of asList(manifest.ingredients)) {
    const inner = manifestOf(store, ingredient.active_manifest);
    if (inner === null || ingredient.relationship === 'inputTo') continue;
    const theirs = wordOf(store, inner, depth + 1, known);
    // A component with AI makes the whole partly AI; a parent's word is the whole's word.
    const handedOn = ingredient.relationship === 'parentOf' ? theirs : isAi(theirs) ? 'ai-edited' : 'nothing';
    if (ORDER.indexOf(handedOn) > ORDER.indexOf(word)) word = handedOn;
  }
  known.set(manifest, word);
  return word;
}

/** What the active manifest and its history say; AI anywhere in it outweighs `captured`. */
export function saysOf(store: ManifestStore): Says {
  const active = activeOf(store);
  return active === null ? 'nothing' : wordOf(store, active, 0, new Map());
}
