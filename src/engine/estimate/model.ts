/** The network of the estimate. Everything is handed over by the caller; nothing is fetched from here. */
import * as ort from 'onnxruntime-web/wasm';
import { WINDOW_FRAMES } from '../../contract/frames';
import { letGo } from '../let-go';
import { closeNetwork, hasHash, openNetwork, runNetwork, setUpRuntime } from '../network/session';
import type { LoadRuntime } from '../network/session';
import { readFacts } from './facts';
import type { ModelFacts } from './facts';
import { goldenFrames } from './golden';
import { glance } from './glance';
import type { Glance } from './glance';
import { networkInputs } from './inputs';
import { sigmoid } from './logistic';

/** How far a logit of the self-test may be from the expected one. */
export const SELF_TEST_TOLERANCE = 1e-3;

export interface EstimatorOptions {
  /** Bytes of model.onnx. */
  modelBytes: Uint8Array<ArrayBuffer>;
  /** Parsed model.json. */
  modelJson: unknown;
  runtime: LoadRuntime;
}

export interface WindowScore {
  /** Calibrated probability at equal prior, 0..1. */
  score: number;
  /** Calibrated logit; windows are averaged on this scale. */
  raw: number;
  /** `score`: this cue alone, calibrated; `weight`: its share in the answer. */
  cues: { cue: string; score: number; weight: number }[];
  /** 5 rows of 5: share of each cell of the picture in the logit of the cue `picture`. */
  map: number[][];
}

export interface Estimator {
  facts: ModelFacts;
  /**
   * Scores a window. Calls run one after the other.
   * @param glances at 8 frames, by time
   * @throws RangeError when they are not 8
   */
  score(glances: readonly Glance[]): Promise<WindowScore>;
  /** Frees the session; wasm memory comes back only with the end of the worker. */
  release(): Promise<void>;
}

async function run(session: ort.InferenceSession, facts: ModelFacts, glances: readonly Glance[]): Promise<WindowScore> {
  const inputs = Object.entries(networkInputs(glances));
  const given = inputs.map(([name, { values, shape }]) => [name, new ort.Tensor('float32', values, shape)] as const);
  const out = await runNetwork(session, Object.fromEntries(given));
  const values = (name: string): Float32Array => out[name]?.data as Float32Array;
  const raw = values('logit')[0] ?? Number.NaN;
  const cues = values('cues');
  const cells = Array.from(values('map'));
  for (const tensor of [...given.map(([, tensor]) => tensor), ...Object.values(out)]) tensor.dispose();
  for (const [, input] of inputs) letGo(input.values);
  return {
    raw,
    score: sigmoid(raw),
    cues: facts.cues.map(({ cue, weight }, i) => ({ cue, score: sigmoid(cues[i] ?? Number.NaN), weight })),
    map: Array.from({ length: 5 }, (_, row) => cells.slice(row * 5, row * 5 + 5)),
  };
}

/** What is wrong with this engine's answers to the golden input, or null. */
async function selfTest(session: ort.InferenceSession, facts: ModelFacts): Promise<string | null> {
  for (const { seed, side, logit } of facts.self_test) {
    const { raw } = await run(
      session,
      facts,
      goldenFrames(seed, side).map((frame, place) => glance(frame, place)),
    );
    if (!(Math.abs(raw - logit) <= SELF_TEST_TOLERANCE)) {
      return `self-test: ${String(raw)} where ${String(logit)} is expected`;
    }
  }
  return null;
}

function estimator(session: ort.InferenceSession, facts: ModelFacts): Estimator {
  return {
    facts,
    score: async (glances) => {
      if (glances.length !== WINDOW_FRAMES) throw new RangeError(`a window is ${String(WINDOW_FRAMES)} frames`);
      return await run(session, facts, glances);
    },
    release: () => closeNetwork(session),
  };
}

/**
 * Loads the network, after checking its hash, and tries it on golden input.
 * @returns the estimator, or why there is none (answer `engine-unavailable`); never throws
 */
export async function createEstimator(options: EstimatorOptions): Promise<Estimator | { unavailable: string }> {
  try {
    const facts = readFacts(options.modelJson);
    if (!(await hasHash(options.modelBytes, facts.sha256)))
      return { unavailable: 'the model is not the one that model.json names' };
    setUpRuntime(options.runtime);
    const session = await openNetwork(options.modelBytes);
    const wrong = await selfTest(session, facts);
    if (wrong === null) return estimator(session, facts);
    await closeNetwork(session);
    return { unavailable: wrong };
  } catch (error) {
    return { unavailable: String(error) };
  }
}
