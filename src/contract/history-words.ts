/**
 * Words for the codes of a signed history: actions of C2PA (all of the specification up to 2.4, and those of earlier
 * ones that older files hold) and kinds of source of IPTC and C2PA. Pure.
 */
import type { HistoryStep, Says } from './label';
import type { Text } from './words';

/** The end of a text's name. */
type Words = string;

/** Steps that change nothing of what is seen or heard, or that begin a history. */
const NEUTRAL: Record<string, Words> = {
  'c2pa.created': 'created',
  'c2pa.opened': 'opened',
  'c2pa.published': 'published',
  'c2pa.converted': 'converted',
  'c2pa.transcoded': 'transcoded',
  'c2pa.repackaged': 'repackaged',
  'c2pa.edited.metadata': 'edited_metadata',
  'c2pa.redacted': 'redacted',
  'c2pa.watermarked': 'watermarked',
  'c2pa.watermarked.bound': 'watermarked',
  'c2pa.watermarked.unbound': 'watermarked',
  // of earlier specifications
  'c2pa.copied': 'copied',
  'c2pa.formatted': 'formatted',
  'c2pa.managed': 'managed',
  'c2pa.printed': 'printed',
  'c2pa.saved': 'saved',
  'c2pa.version_updated': 'version_updated',
};

const CHANGING: Record<string, Words> = {
  'c2pa.addedText': 'added_text',
  'c2pa.adjustedColor': 'adjusted_color',
  'c2pa.changedSpeed': 'changed_speed',
  'c2pa.cropped': 'cropped',
  'c2pa.deleted': 'deleted',
  'c2pa.drawing': 'drawing',
  'c2pa.dubbed': 'dubbed',
  'c2pa.edited': 'edited',
  'c2pa.enhanced': 'enhanced',
  'c2pa.filtered': 'filtered',
  'c2pa.mastered': 'mastered',
  'c2pa.mixed': 'mixed',
  'c2pa.orientation': 'orientation',
  'c2pa.placed': 'placed',
  'c2pa.remixed': 'remixed',
  'c2pa.removed': 'removed',
  'c2pa.resized': 'resized',
  'c2pa.resized.proportional': 'resized',
  'c2pa.translated': 'translated',
  'c2pa.trimmed': 'trimmed',
  'c2pa.unknown': 'unknown',
  // of earlier specifications
  'c2pa.color_adjustments': 'adjusted_color',
  'c2pa.produced': 'produced',
};

const ACTIONS = new Map(Object.entries({ ...NEUTRAL, ...CHANGING }));

const SOURCES = new Map(
  Object.entries<Words>({
    trainedAlgorithmicMedia: 'says_ai_generated',
    compositeWithTrainedAlgorithmicMedia: 'says_ai_edited',
    compositeSynthetic: 'says_ai_edited',
    digitalCapture: 'says_captured',
    computationalCapture: 'says_captured',
    algorithmicMedia: 'source_algorithmic',
    algorithmicallyEnhanced: 'source_enhanced',
    dataDrivenMedia: 'source_data',
    virtualRecording: 'source_virtual',
    digitalCreation: 'source_by_hand',
    digitalArt: 'source_by_hand',
    softwareImage: 'source_software',
    screenCapture: 'source_screen',
    compositeCapture: 'source_composite_capture',
    composite: 'source_composite',
    negativeFilm: 'source_film',
    positiveFilm: 'source_film',
    print: 'source_print',
    humanEdits: 'source_human_edits',
    minorHumanEdits: 'source_minor_edits',
    empty: 'source_empty',
    trainedAlgorithmicData: 'source_ai_data',
  }),
);

const textOf = (key: string | undefined, before = ''): Text | null =>
  key === undefined ? null : { key: before + key, args: [] };

/** @returns null for a code of nobody's that is known here */
export const actionText = (action: string): Text | null => textOf(ACTIONS.get(action), 'action_');

/** @param type last part of a digitalSourceType. @returns null for one that is not known here */
export const sourceText = (type: string): Text | null => textOf(SOURCES.get(type));

/** For tests: all codes that have words. */
export const KNOWN_CODES = { actions: [...ACTIONS.keys()], sources: [...SOURCES.keys()] };

const AI = ['trainedAlgorithmicMedia', 'compositeWithTrainedAlgorithmicMedia', 'compositeSynthetic'];
/** Kinds of source by which a history says these. */
const SAYING: Partial<Record<Says, readonly string[]>> = {
  'ai-generated': AI,
  'ai-edited': AI,
  captured: ['digitalCapture', 'computationalCapture'],
};

/** The earlier step from which a history has what it says; null where its last step says so itself. */
export function sayingStep(says: Says, [last]: readonly HistoryStep[]): HistoryStep | null {
  const sources = SAYING[says] ?? [];
  const find = (step: HistoryStep): HistoryStep | null => {
    if (step.actions.some(({ source_type }) => source_type !== null && sources.includes(source_type))) return step;
    const earlier = step.ingredients.filter(({ relationship }) => relationship !== 'inputTo');
    return earlier.map(find).find((found) => found !== null) ?? null;
  };
  const found = last === undefined ? null : find(last);
  return found === last ? null : found;
}

/** Whether a history names a step that can change what is seen or heard; a prompt's picture is not in the video. */
export function namesChanges(steps: readonly HistoryStep[]): boolean {
  return steps.some(
    ({ actions, ingredients, relationship }) =>
      relationship !== 'inputTo' &&
      (actions.some(({ action }) => !Object.hasOwn(NEUTRAL, action)) || namesChanges(ingredients)),
  );
}
