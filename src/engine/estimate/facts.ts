/** `model.json`: what ships beside the network. Written by `training/assay_train/export.py`. */

export interface ModelFacts {
  id: string;
  /** SHA-256 of model.onnx, hex. */
  sha256: string;
  bytes: number;
  /** Names of the cues, in the order of the output `cues`, with their share in the answer (sum 1). */
  cues: { cue: string; weight: number }[];
  /** Bands start at these scores (calibrated probability at equal prior). */
  thresholds: { strong: number; some: number };
  /** Windows of one video whose logits have a larger standard deviation than this disagree. */
  disagree_logit: number;
  /** Golden input and the logit that every engine must give for it. */
  self_test: { seed: number; side: number; logit: number }[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const allOf = <T>(value: unknown, is: (item: unknown) => item is T): T[] | null =>
  Array.isArray(value) && value.every((item) => is(item)) ? value : null;

const isCue = (v: unknown): v is ModelFacts['cues'][number] =>
  isObject(v) && typeof v['cue'] === 'string' && isNumber(v['weight']);
const isSelfTest = (v: unknown): v is ModelFacts['self_test'][number] =>
  isObject(v) && isNumber(v['seed']) && isNumber(v['side']) && isNumber(v['logit']);

/**
 * Reads model.json.
 * @throws TypeError when a field that is needed is missing or of another type
 */
export function readFacts(json: unknown): ModelFacts {
  if (!isObject(json)) throw new TypeError('model.json: not an object');
  const { id, sha256, bytes, thresholds, disagree_logit } = json as Partial<ModelFacts>;
  const cues = allOf(json['cues'], isCue);
  const tests = allOf(json['self_test'], isSelfTest);
  if (typeof id !== 'string' || typeof sha256 !== 'string' || !isNumber(bytes))
    throw new TypeError('model.json: id, sha256, bytes');
  if (!isObject(thresholds) || !isNumber(thresholds.strong) || !isNumber(thresholds.some))
    throw new TypeError('model.json: thresholds');
  if (!isNumber(disagree_logit)) throw new TypeError('model.json: disagree_logit');
  if (cues === null || tests === null || tests.length === 0) throw new TypeError('model.json: cues, self_test');
  return { id, sha256, bytes, cues, thresholds, disagree_logit, self_test: tests };
}
