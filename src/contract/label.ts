/**
 * The label, `assay-label/1`: the one result that every surface and the command line read.
 * The JSON Schema in `docs/label.schema.json` is generated from these schemas.
 * Words and states: see ARCHITECTURE.md, "Words".
 */
import * as v from 'valibot';
import { BYTES_REASONS, ESTIMATE_REASONS, SIGNER_REASONS } from './reasons';

export const CREDENTIAL_STATES = [
  'trusted',
  'trusted-interim',
  'trusted-user',
  'unrecognised',
  'changed',
  'malformed',
  'unverified',
  'remote',
  'none',
  'streamed',
  'unsupported',
  'unreachable',
] as const;
export type CredentialState = (typeof CREDENTIAL_STATES)[number];

export const SAYS = ['ai-generated', 'ai-edited', 'captured', 'made-without-ai', 'nothing'] as const;
export type Says = (typeof SAYS)[number];

export const DISCLOSURE_SAYS = [...SAYS, 'ai-used', 'possibly-ai'] as const;
export type DisclosureSays = (typeof DISCLOSURE_SAYS)[number];

export const DISCLOSURE_KINDS = [
  'iptc-source-type',
  'iptc-ai',
  'aigc-label',
  'comfyui',
  'kling-sei',
  'generator-tag',
  'visible-mark',
  'page-label',
] as const;

export const VERDICTS = [
  'ai-generated',
  'ai-edited',
  'changed',
  'captured',
  'declared-ai',
  'suspected',
  'unclear',
  'no-signs',
  'unknown',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export const BANDS = ['strong', 'some', 'few'] as const;
export type Band = (typeof BANDS)[number];

const nullable = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);
const seconds = v.number();
const interval = v.tuple([seconds, seconds]);

const actionSchema = v.object({
  action: v.string(),
  source_type: nullable(v.string()),
  when: nullable(v.string()),
});

export type HistoryAction = v.InferOutput<typeof actionSchema>;

/** One manifest or ingredient of the signed history. Strings are hostile: render as text only. */
export interface HistoryStep {
  title: string | null;
  tool: string | null;
  issuer: string | null;
  signed_at: string | null;
  /** `parentOf`, `componentOf`, `inputTo`; null for the active manifest. */
  relationship: string | null;
  actions: HistoryAction[];
  /** State of this step; null when the file doesn't tell. */
  state: CredentialState | null;
  ingredients: HistoryStep[];
}

const historyStepSchema: v.GenericSchema<HistoryStep> = v.object({
  title: nullable(v.string()),
  tool: nullable(v.string()),
  issuer: nullable(v.string()),
  signed_at: nullable(v.string()),
  relationship: nullable(v.string()),
  actions: v.array(actionSchema),
  state: nullable(v.picklist(CREDENTIAL_STATES)),
  ingredients: v.array(v.lazy(() => historyStepSchema)),
});

export const credentialsSchema = v.object({
  state: v.picklist(CREDENTIAL_STATES),
  says: v.picklist(SAYS),
  /** What an unverified manifest claims (`unverified` only); `nothing` elsewhere. */
  claims: v.picklist(SAYS),
  issuer: nullable(v.string()),
  list: nullable(v.picklist(['c2pa', 'interim', 'user'])),
  signed_at: nullable(v.string()),
  time_stamp: nullable(v.picklist(['trusted', 'untrusted', 'mismatch', 'none'])),
  tool: nullable(v.string()),
  codes: v.array(v.string()),
  history: v.array(historyStepSchema),
  coverage: v.object({
    bytes_read: v.number(),
    bytes_total: nullable(v.number()),
    /** Stretches of a stream whose bytes are as they were signed. */
    seconds_checked: v.array(interval),
    /** Stretches of a stream whose bytes differ from what was signed. */
    seconds_changed: v.array(interval),
  }),
  reason: nullable(v.picklist([...SIGNER_REASONS, ...BYTES_REASONS])),
  /** One more word on the reason: an HTTP status, an SDK error name, a remote host. */
  detail: nullable(v.string()),
});
export type Credentials = v.InferOutput<typeof credentialsSchema>;

/** A mark in the picture, or a statement written on it. */
const markSchema = v.object({
  /** Row of the table of marks; `statement` for words that a law or a platform asks for. */
  id: v.string(),
  name: nullable(v.string()),
  owner: nullable(v.string()),
  /** As it was read. */
  text: v.string(),
  times_s: v.array(seconds),
  /** Left, top, width and height, in parts of the frame's. */
  box: v.tuple([v.number(), v.number(), v.number(), v.number()]),
});

export const disclosureSchema = v.object({
  kind: v.picklist(DISCLOSURE_KINDS),
  says: v.picklist(DISCLOSURE_SAYS),
  value: v.string(),
  where: v.string(),
  by: v.picklist(['file', 'picture', 'page']),
  /** With `visible-mark` only. */
  mark: v.optional(markSchema),
});
export type Disclosure = v.InferOutput<typeof disclosureSchema>;

const windowSchema = v.object({ from_s: seconds, to_s: seconds, score: v.number() });
const cueSchema = v.object({ cue: v.string(), score: v.number(), weight: v.number() });

export const estimateSchema = v.object({
  state: v.picklist(['answered', 'cannot-tell']),
  /** Calibrated probability at equal prior, 0..1; null when it can't tell. */
  score: nullable(v.number()),
  band: nullable(v.picklist(BANDS)),
  reason: nullable(v.picklist(ESTIMATE_REASONS)),
  coverage_s: v.number(),
  /** Frames taken so far of the window that is being filled: [have, need]. */
  frames: v.tuple([v.number(), v.number()]),
  windows: v.array(windowSchema),
  cues: v.array(cueSchema),
  map: nullable(v.array(v.array(v.number()))),
  model: nullable(v.object({ id: v.string(), sha256: v.string() })),
});
export type Estimate = v.InferOutput<typeof estimateSchema>;

export const subjectSchema = v.object({
  kind: v.picklist(['file', 'page-video']),
  /** What was asked for: the path or URL as given on the command line; null for a video met while browsing. */
  input: nullable(v.string()),
  page: nullable(v.string()),
  frame: nullable(v.string()),
  media: v.string(),
  index: v.number(),
  width: nullable(v.number()),
  height: nullable(v.number()),
  duration_s: nullable(v.number()),
});
export type Subject = v.InferOutput<typeof subjectSchema>;

export const labelSchema = v.object({
  schema: v.literal('assay-label/1'),
  subject: subjectSchema,
  verdict: v.picklist(VERDICTS),
  conflict: v.boolean(),
  headline: v.object({ provenance: v.string(), likelihood: v.string() }),
  credentials: credentialsSchema,
  disclosures: v.array(disclosureSchema),
  estimate: estimateSchema,
  engine: v.object({ browser: v.string(), extension: v.string() }),
  timing_ms: v.object({ credentials: nullable(v.number()), estimate: nullable(v.number()) }),
});
export type Label = v.InferOutput<typeof labelSchema>;

/** What the command line prints in place of a label for an input that can't be opened. */
export const errorSchema = v.object({
  schema: v.literal('assay-error/1'),
  input: v.string(),
  error: v.object({ code: v.string(), message: v.string() }),
});
export type LabelError = v.InferOutput<typeof errorSchema>;
