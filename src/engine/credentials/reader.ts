/** Judges a file's credentials: official lists first, then, only for an unknown signer, the others. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { bindingOf } from './binding';
import type { Binding } from './binding';
import type { RawManifest } from '../../contract/messages';
import { classifyError, classifyStore } from './classify';
import type { Completeness } from './classify';
import { readSignature } from './cose';
import type { Signature } from './cose';
import { describe, timeStampOf } from './describe';
import type { ListName } from './describe';
import { signatureOf } from './jumbf';
import { listedSigners } from './listed';
import { certificatesOf, toPem } from './pem';
import { picturesOf, rawManifest } from './raw-manifest';
import { initSdk, readStore } from './sdk';
import type { StoreAnswer } from './sdk';
import { settingsFor, settingsJson } from './settings';
import type { TrustLists } from './settings';
import { checkStamp } from './stamp-rule';
import { asText, codesOf, mismatchUrl, withMatch } from './store';
import type { ManifestStore } from './store';

/** What a manifest store says by itself. */
export interface Claim {
  /** State `unverified`. */
  credentials: Credentials;
  /** The hash that the file must have; null where only the SDK can tell. */
  binding: Binding | null;
}

export interface ReadInput {
  format: string;
  bytes: Uint8Array;
  /** Media of a stream, whose init segment `bytes` are. */
  fragment?: Uint8Array;
  /** The claim, where the walk found one that could be read. */
  claim: Claim | null;
  completeness: Completeness;
  /** Takes what the store holds beside the label. */
  onManifest?: (manifest: RawManifest) => void;
}

export interface CredentialsReader {
  /** What the manifest alone claims (`unverified`); null when it can't be read. */
  claim(jumbf: Uint8Array): Promise<Claim | null>;
  /** What the claim proves of a file that has the hash of its binding. @throws {EngineFailure} */
  matched(claim: Claim, completeness: Completeness, onManifest?: (manifest: RawManifest) => void): Promise<Credentials>;
  /** What the bytes prove; `coverage` is left to the caller. @throws {EngineFailure} */
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

/** One way to read: a list's name, the state it gives, the SDK's settings, anchors for time-stamps (DER). */
interface Read {
  list: ListName;
  trusted: Credentials['state'];
  settings: string;
  stamps: Uint8Array[];
}

function signatureIn(jumbf: Uint8Array, store: ManifestStore): Signature | null {
  const active = asText(store.active_manifest);
  const cose = active === null ? null : signatureOf(jumbf, active);
  return cose === null ? null : readSignature(cose);
}

/** What is known of a claim that was read. */
interface Chosen {
  by: Read;
  answer: StoreAnswer;
  signature: Signature | null;
}

/** Whether the read's own anchors vouch for the signer. */
function isVouched(store: ManifestStore): boolean {
  const { success } = codesOf(store.validation_results?.activeManifest);
  return success.includes('signingCredential.trusted') && store.validation_results?.trustListUri === 'system_anchors';
}

/**
 * Starts the SDK with the lists that ship.
 * @throws {TrustListError | TypeError} for a list or setting of ours that the SDK would ignore
 */
export function createReader({ wasm, trust, user, now = () => new Date() }: ReaderOptions): CredentialsReader {
  initSdk(wasm);
  const readOf = (list: ListName, trusted: Read['trusted'], signers: string, stamps: string): Read => ({
    list,
    trusted,
    settings: settingsJson(settingsFor(signers, stamps, trust.storeCfg)),
    // The interim list has its time-stamp services among its anchors.
    stamps: certificatesOf(list === 'interim' ? stamps + trust.interim : stamps),
  });
  const interim = (issuer: Uint8Array | null): Read =>
    readOf('interim', 'trusted-interim', trust.interim + (issuer === null ? '' : toPem([issuer])), trust.tsa);
  const official = readOf('c2pa', 'trusted', trust.c2pa, trust.tsa);
  const others = [interim(null)];
  if (user !== undefined) {
    others.push(readOf('user', 'trusted-user', user.signers, `${user.timeStamps}\n${trust.tsa}`));
  }
  const services = [official, ...others].flatMap((by) => by.stamps);
  const listed = listedSigners(trust.interimAllowed);

  const readClaim = async (jumbf: Uint8Array, by: Read): Promise<StoreAnswer | null> => {
    const answer = await readStore('application/c2pa', jumbf, by.settings, { wanted: picturesOf });
    return 'error' in answer ? null : answer;
  };

  /**
   * The first read whose list vouches for the signer, found from the manifest alone (cheap). For a signer on no
   * list the first that vouches for the time-stamp, which decides between the reasons; else the official one.
   */
  const choose = async (jumbf: Uint8Array): Promise<{ by: Read; answer: StoreAnswer } | null> => {
    const first = await readClaim(jumbf, official);
    if (first === null) return null;
    let best = { by: official, answer: first };
    if (isVouched(first.store)) return best;
    const issuer = await listed.issuerOf(signatureIn(jumbf, first.store), first.store);
    for (const by of issuer === null ? others : [interim(issuer), ...others]) {
      const answer = await readClaim(jumbf, by);
      if (answer === null) continue;
      if (isVouched(answer.store)) return { by, answer };
      if (timeStampOf(best.answer.store) !== 'trusted' && timeStampOf(answer.store) === 'trusted')
        best = { by, answer };
    }
    return best;
  };

  const chosen = new WeakMap<Claim, Chosen>();

  const conclude = async (store: ManifestStore, completeness: Completeness, by: Read, signature: Signature | null) => {
    const seen = classifyStore(store, completeness, by.trusted);
    // For a signer on no list the stamp only decides the reason: any list's service will do.
    const rule = {
      trusted: by.trusted,
      versions: by.list === 'user' ? ('all' as const) : (1 as const),
      services: seen.state === by.trusted ? by.stamps : services,
      now: now(),
    };
    return describe(store, await checkStamp(store, seen, signature, rule), by.list);
  };

  return {
    claim: async (jumbf) => {
      const found = await choose(jumbf);
      const active = asText(found?.answer.store.active_manifest);
      if (found === null || active === null) return null;
      const { store } = found.answer;
      const binding = bindingOf(jumbf, active);
      // By itself the store fails by its binding; if by another one, the SDK has to be asked.
      const isTheOne = mismatchUrl(store) === `self#jumbf=/c2pa/${active}/c2pa.assertions/${binding?.label ?? ''}`;
      const claim: Claim = {
        credentials: describe(store, { state: 'unverified', reason: null, detail: null }, null),
        binding: isTheOne ? binding : null,
      };
      chosen.set(claim, { ...found, signature: signatureIn(jumbf, store) });
      return claim;
    },
    matched: async (claim, completeness, onManifest) => {
      const { by, answer, signature } = chosen.get(claim) as Chosen;
      const store = withMatch(answer.store);
      onManifest?.(rawManifest({ store, text: JSON.stringify(store, null, 2), parts: answer.parts }));
      return await conclude(store, completeness, by, signature);
    },
    judge: async ({ format, bytes, fragment, claim, completeness, onManifest }) => {
      const { by, signature } = (claim === null ? undefined : chosen.get(claim)) ?? { by: official, signature: null };
      const wanted = onManifest === undefined ? {} : { wanted: picturesOf };
      const answer = await readStore(format, bytes, by.settings, { fragment, ...wanted });
      if ('error' in answer) {
        const { state, reason, detail } = classifyError(answer.error, completeness);
        return { ...emptyCredentials(state, reason), detail };
      }
      onManifest?.(rawManifest(answer));
      return await conclude(answer.store, completeness, by, signature);
    },
  };
}
