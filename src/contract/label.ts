/**
 * The label, `assay-label/1`: the one result that every surface and the command line read.
 * The JSON Schema in `docs/label.schema.json` is generated from these schemas.
 * What the states mean: README.md, "What the labels mean"; their words: `words.ts`.
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
/** The words go into the JSON Schema. */
const about = <T extends v.GenericSchema>(text: string, schema: T) => v.pipe(schema, v.description(text));
const seconds = v.number();
const interval = v.tuple([seconds, seconds]);

const actionSchema = v.object({
  action: about('C2PA action, such as c2pa.created', v.string()),
  source_type: about('last part of the digitalSourceType', nullable(v.string())),
  when: about('as it is signed', nullable(v.string())),
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
  relationship: about('parentOf, componentOf, inputTo; null for the active manifest', nullable(v.string())),
  actions: v.array(actionSchema),
  state: about('null when the file doesn’t tell', nullable(v.picklist(CREDENTIAL_STATES))),
  ingredients: v.array(v.lazy(() => historyStepSchema)),
});

export const credentialsSchema = v.object({
  state: about('what was proved of the file’s credentials (C2PA)', v.picklist(CREDENTIAL_STATES)),
  says: about('what intact credentials say of the whole history', v.picklist(SAYS)),
  claims: about(
    'what credentials claim that are not (or can’t be) verified; nothing in other states',
    v.picklist(SAYS),
  ),
  issuer: about(
    'organisation named in the signer’s certificate, or its common name where it names none',
    nullable(v.string()),
  ),
  list: about('trust list that the signer is on', nullable(v.picklist(['c2pa', 'interim', 'user']))),
  signed_at: about('ISO 8601; vouched for only where time_stamp is trusted', nullable(v.string())),
  time_stamp: about(
    'whether an authority on the time-stamp list vouches for signed_at',
    nullable(v.picklist(['trusted', 'untrusted', 'mismatch', 'none'])),
  ),
  tool: about('program that made the claim, as it names itself', nullable(v.string())),
  codes: about('status codes of C2PA validation, failures and successes', v.array(v.string())),
  history: about('the active manifest with its ingredients', v.array(historyStepSchema)),
  coverage: v.object({
    bytes_read: v.number(),
    bytes_total: about('null when the server doesn’t tell', nullable(v.number())),
    sha256: about(
      'SHA-256 of the whole file; null where Assay had not all of it, or only in passing (videos of pages over 8 MB)',
      nullable(v.string()),
    ),
    seconds_checked: about('stretches of a stream whose bytes are as they were signed: [from, to]', v.array(interval)),
    seconds_changed: about(
      'stretches of a stream whose bytes differ from what was signed: [from, to]',
      v.array(interval),
    ),
  }),
  reason: about(
    'why the signer can’t be vouched for, or bytes were not (all) read',
    nullable(v.picklist([...SIGNER_REASONS, ...BYTES_REASONS])),
  ),
  detail: about(
    'one more word on the reason: an HTTP status, an error name of the SDK, the host of credentials kept elsewhere',
    nullable(v.string()),
  ),
});
export type Credentials = v.InferOutput<typeof credentialsSchema>;

/** A mark in the picture, or a statement written on it. */
const markSchema = v.object({
  id: about(
    'row of the table of marks (docs/marks.md); statement for words that a law or a platform asks for',
    v.string(),
  ),
  name: nullable(v.string()),
  owner: nullable(v.string()),
  text: about('as it was read', v.string()),
  times_s: about('frames in which it was read', v.array(seconds)),
  box: about(
    'left, top, width, height, in parts of the frame’s',
    v.tuple([v.number(), v.number(), v.number(), v.number()]),
  ),
});

export const disclosureSchema = v.object({
  kind: v.picklist(DISCLOSURE_KINDS),
  says: v.picklist(DISCLOSURE_SAYS),
  value: about('quoted as it stands there, never proved', v.string()),
  where: about('place in the file, the picture or the page', v.string()),
  by: v.picklist(['file', 'picture', 'page']),
  mark: about('with visible-mark only', v.optional(markSchema)),
});
export type Disclosure = v.InferOutput<typeof disclosureSchema>;

const windowSchema = v.object({
  from_s: seconds,
  to_s: seconds,
  score: about('calibrated probability of this window alone, 0..1', v.number()),
});
const cueSchema = v.object({
  cue: about('part of the model; MODEL_CARD.md measures each alone', v.string()),
  score: about('0..1', v.number()),
  weight: about('its share in the answer; all weights sum to 1', v.number()),
});

export const estimateSchema = v.object({
  state: v.picklist(['answered', 'cannot-tell']),
  score: about('calibrated probability of AI at equal prior, 0..1; null when it can’t tell', nullable(v.number())),
  band: about('how often camera videos reach such a score', nullable(v.picklist(BANDS))),
  reason: about('why it can’t tell', nullable(v.picklist(ESTIMATE_REASONS))),
  coverage_s: about('seconds of the video that the windows span', v.number()),
  frames: about('frames so far of the window that is being filled: [have, need]', v.tuple([v.number(), v.number()])),
  windows: about('stretches that were looked at, eight frames each', v.array(windowSchema)),
  cues: about('means over all windows', v.array(cueSchema)),
  map: about(
    'what each cell (5 rows of 5, top left first) of the square that was looked at added to the logit',
    nullable(v.array(v.array(v.number()))),
  ),
  model: nullable(v.object({ id: v.string(), sha256: v.string() })),
});
export type Estimate = v.InferOutput<typeof estimateSchema>;

export const subjectSchema = v.object({
  kind: v.picklist(['file', 'page-video']),
  input: about('path or URL as given on the command line; null for a video met while browsing', nullable(v.string())),
  page: about('address of the page; null for files and for videos in frames', nullable(v.string())),
  frame: about('address of the frame that the video stands in, when it is not the page itself', nullable(v.string())),
  media: about('path, address, or “stream”', v.string()),
  index: about('number of the video in its page or frame, from 0', v.number()),
  width: about('pixels', nullable(v.number())),
  height: about('pixels', nullable(v.number())),
  duration_s: about('null when unknown or endless', nullable(seconds)),
});
export type Subject = v.InferOutput<typeof subjectSchema>;

export const labelSchema = v.object({
  schema: v.literal('assay-label/1'),
  subject: subjectSchema,
  verdict: about('one word for scripts and sorting: the first that applies, in this order', v.picklist(VERDICTS)),
  conflict: about(
    'what is proved and what is estimated, or what the file says elsewhere, contradict each other',
    v.boolean(),
  ),
  headline: about(
    'the words on the badge, in English; likelihood is empty when the estimate is switched off',
    v.object({ provenance: v.string(), likelihood: v.string() }),
  ),
  credentials: about('what is proved', credentialsSchema),
  disclosures: about(
    'what is claimed: unsigned statements in the file, the picture, the page',
    v.array(disclosureSchema),
  ),
  estimate: about('what is likely', estimateSchema),
  engine: about('browser and extension that made the label', v.object({ browser: v.string(), extension: v.string() })),
  timing_ms: about(
    'from the start of the job to the last word of each lane',
    v.object({ credentials: nullable(v.number()), estimate: nullable(v.number()) }),
  ),
});
export type Label = v.InferOutput<typeof labelSchema>;

/** What the command line prints in place of a label for an input that can't be opened. */
export const errorSchema = v.object({
  schema: v.literal('assay-error/1'),
  input: v.string(),
  error: v.object({ code: v.string(), message: v.string() }),
});
export type LabelError = v.InferOutput<typeof errorSchema>;
