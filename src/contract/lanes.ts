/**
 * What the engine's lanes hand to `label()`. Each lane result is plain, structured-cloneable data
 * and is complete at every moment: a lane that is still at work says so with a reason.
 */
import type { Credentials, Disclosure, Estimate, Subject } from './label';

export type { Credentials, Disclosure, Estimate, Subject };

export interface LaneResults {
  subject: Subject;
  credentials: Credentials;
  disclosures: Disclosure[];
  estimate: Estimate;
  engine: { browser: string; extension: string };
  timing_ms: { credentials: number | null; estimate: number | null };
}

/** A credentials result with nothing found yet; lanes fill in what they know. */
export function emptyCredentials(state: Credentials['state'], reason: Credentials['reason'] = null): Credentials {
  return {
    state,
    says: 'nothing',
    claims: 'nothing',
    issuer: null,
    list: null,
    signed_at: null,
    time_stamp: null,
    tool: null,
    codes: [],
    history: [],
    coverage: { bytes_read: 0, bytes_total: null, sha256: null, seconds_checked: [], seconds_changed: [] },
    reason,
    detail: null,
  };
}

/** An estimate that can't tell, with its reason. */
export function cannotTell(reason: NonNullable<Estimate['reason']>, frames: [number, number] = [0, 8]): Estimate {
  return {
    state: 'cannot-tell',
    score: null,
    band: null,
    reason,
    coverage_s: 0,
    frames,
    windows: [],
    cues: [],
    map: null,
    model: null,
  };
}
