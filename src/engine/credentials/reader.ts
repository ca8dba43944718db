/** Judges a file's credentials: official lists first, then, only for an unknown signer, the others. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { hex } from '../bytes/bytes';
import { classifyError, classifyStore } from './classify';
import type { Completeness, Verdict } from './classify';
import { readSignature } from './cose';
import type { Signature } from './cose';
import { historyOf, toolOf } from './history';
import { signatureOf } from './jumbf';
import { certificatesOf } from './pem';
import { saysOf } from './says';
import { initSdk, readStore } from './sdk';
import { settingsFor, settingsJson } from './settings';
import type { TrustLists } from './settings';
import { activeOf, asText, codesOf } from './store';
import type { ManifestStore } from './store';
import { isStampTrusted, isValidAt } from './time-stamp';

export interface ReadInput {
  format: string;
  bytes: Uint8Array;
  /** The manifest store by itself, where the walk found one. */
  jumbf: Uint8Array | null;
  completeness: Completeness;
}

export interface CredentialsReader {
  /** What the manifest alone claims (`unverified`); null when it can't be read. */
  claim(jumbf: Uint8Array): Promise<Credentials | null>;
  /** What the bytes prove; `coverage` is left to the caller. Never throws. */
  judge(input: ReadInput): Promise<Credentials>;
}

export interface ReaderOptions {
  wasm: WebAssembly.Module | BufferSource;
  trust: TrustLists;
  /** Anchors that the user added: signers and time-stamps (PEM). */
  user?: { signers: string; timeStamps: string };
  /** The clock of our own checks. */
  now?: () => Date;
}

type ListName = NonNullable<Credentials['list']>;
interface Read {
  list: ListName;
  trusted: Credentials['state'];
  settings: string;
  /** Anchors for time-stamps in this read. */
  stamps: Uint8Array[];
}

const read = (list: ListName, trusted: Read['trusted'], signers: string, stamps: string, cfg: string): Read => ({
  list,
  trusted,
  settings: settingsJson(settingsFor(signers, stamps, cfg)),
  stamps: [...certificatesOf(stamps), ...(list === 'interim' ? certificatesOf(signers) : [])],
});

async function sha256(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice())));
}

function signatureIn(jumbf: Uint8Array, store: ManifestStore): Signature | null {
  const active = asText(store.active_manifest);
  const cose = active === null ? null : signatureOf(jumbf, active);
  return cose === null ? null : readSignature(cose);
}

function timeStampOf(store: ManifestStore): NonNullable<Credentials['time_stamp']> {
  const { success, informational, failure } = codesOf(store.validation_results?.activeManifest);
  const all = [...success, ...informational, ...failure];
  if (all.includes('timeStamp.mismatch')) return 'mismatch';
  if (all.includes('timeStamp.trusted')) return 'trusted';
  return all.some((code) => code.startsWith('timeStamp.')) ? 'untrusted' : 'none';
}

function describe(store: ManifestStore, verdict: Verdict, list: ListName | null): Credentials {
  const active = activeOf(store);
  const speaks = verdict.state.startsWith('trusted') || verdict.state === 'unrecognised';
  const codes = codesOf(store.validation_results?.activeManifest);
  return {
    ...emptyCredentials(verdict.state, verdict.reason),
    detail: verdict.detail,
    says: speaks ? saysOf(store) : 'nothing',
    claims: verdict.state === 'unverified' ? saysOf(store) : 'nothing',
    issuer: asText(active?.signature_info?.issuer),
    list: verdict.state.startsWith('trusted') ? list : null,
    signed_at: asText(active?.signature_info?.time),
    time_stamp: verdict.timeStamp ?? timeStampOf(store),
    tool: active === null ? null : toolOf(active),
    codes: [...new Set([...codes.failure, ...codes.success, ...codes.informational])],
    history: historyOf(store, verdict.state),
  };
}

/**
 * Starts the SDK with the lists that ship.
 * @throws {TrustListError | TypeError} for a list or setting of ours that the SDK would ignore
 */
export function createReader({ wasm, trust, user, now = () => new Date() }: ReaderOptions): CredentialsReader {
  initSdk(wasm);
  const official = read('c2pa', 'trusted', trust.c2pa, trust.tsa, trust.storeCfg);
  const others = [read('interim', 'trusted-interim', trust.interim, trust.tsa, trust.storeCfg)];
  if (user !== undefined) {
    others.push(read('user', 'trusted-user', user.signers, `${user.timeStamps}\n${trust.tsa}`, trust.storeCfg));
  }
  const allowed = Promise.all(certificatesOf(trust.interimAllowed).map(sha256)).then((list) => new Set(list));

  /** A version 1 claim by an expired key is only as good as a time-stamp service that we checked ourselves. */
  const checkStamp = async (
    store: ManifestStore,
    verdict: Verdict,
    signature: Signature | null,
    by: Read,
  ): Promise<Verdict> => {
    const matters = verdict.state === by.trusted || verdict.reason === 'untrusted';
    if (!matters || activeOf(store)?.claim_version !== 1 || timeStampOf(store) === 'none') return verdict;
    // For a signer on no list the stamp only decides the reason: any list's service will do.
    const services = verdict.state === by.trusted ? by.stamps : [official, ...others].flatMap((r) => r.stamps);
    for (const token of signature?.tokens ?? []) {
      if (await isStampTrusted(token, services)) return verdict;
    }
    const [leaf] = signature?.certificates ?? [];
    const distrusted: Verdict = { ...verdict, timeStamp: 'untrusted' };
    if (leaf !== undefined && isValidAt(leaf, now())) return distrusted;
    return { ...distrusted, state: 'unrecognised', reason: 'expired', detail: 'time-stamp service on no list' };
  };

  const readWith = async (input: ReadInput, by: Read): Promise<{ store: ManifestStore; verdict: Verdict } | string> => {
    const answer = await readStore(input.format, input.bytes, by.settings);
    if ('error' in answer) return answer.error;
    const { store } = answer;
    const signature = input.jumbf === null ? null : signatureIn(input.jumbf, store);
    const verdict = await checkStamp(store, classifyStore(store, input.completeness, by.trusted), signature, by);
    const listed = by.list === 'interim' && verdict.reason === 'untrusted' && input.jumbf !== null;
    if (listed && (await isAllowed(input.jumbf as Uint8Array, store))) {
      return { store, verdict: { state: by.trusted, reason: null, detail: null } };
    }
    return { store, verdict };
  };

  /** The first read whose list vouches for the signer, found from the manifest alone (cheap); else the official one. */
  const choose = async (jumbf: Uint8Array | null): Promise<{ by: Read; store: ManifestStore | null }> => {
    let seen: ManifestStore | null = null;
    for (const by of jumbf === null ? [] : [official, ...others]) {
      const answer = await readStore('application/c2pa', jumbf as Uint8Array, by.settings);
      if ('error' in answer) break;
      seen ??= answer.store;
      const { success } = codesOf(answer.store.validation_results?.activeManifest);
      const vouched = answer.store.validation_results?.trustListUri === 'system_anchors';
      if (vouched && success.includes('signingCredential.trusted')) return { by, store: answer.store };
      if (by.list === 'interim' && (await isAllowed(jumbf as Uint8Array, answer.store)))
        return { by, store: answer.store };
    }
    return { by: official, store: seen };
  };

  const isAllowed = async (jumbf: Uint8Array, store: ManifestStore): Promise<boolean> => {
    const [leaf] = signatureIn(jumbf, store)?.certificates ?? [];
    return leaf !== undefined && (await allowed).has(await sha256(leaf));
  };

  return {
    claim: async (jumbf) => {
      const { store } = await choose(jumbf);
      return store === null ? null : describe(store, { state: 'unverified', reason: null, detail: null }, null);
    },
    judge: async (input) => {
      const { by } = await choose(input.jumbf);
      const judged = await readWith(input, by);
      if (typeof judged !== 'string') return describe(judged.store, judged.verdict, by.list);
      const { state, reason, detail } = classifyError(judged, input.completeness);
      return { ...emptyCredentials(state, reason), detail };
    },
  };
}
