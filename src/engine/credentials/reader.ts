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
import { isMediaPlaced, leavesPlacesOpen } from './placed';
import { picturesOf, rawManifest } from './raw-manifest';
import { initSdk, readStore } from './sdk';
import type { SdkAnswer, StoreAnswer } from './sdk';
import { saysOf } from './says';
import { settingsFor, settingsJson } from './settings';
import type { TrustLists } from './settings';
import { checkStamp } from './stamp-rule';
import { standingsIn, vouchedIn } from './standing';
import { asText, isTrusted, mismatchUrl, withMatch } from './store';
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
  /** The store in these bytes; null where there is none, or none of a size that is looked at. */
  jumbf: Uint8Array | null;
  /** The claim, where the walk found one that could be read. It counts only if it is that of `jumbf`. */
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

/** What a store can be for a file that its hash doesn't fit. */
const UNFIT: Credentials['state'][] = ['changed', 'malformed', 'unverified'];

type Best = Omit<Chosen, 'vouched'>;

/** What is known of a store that was read, and under which list. */
interface Chosen {
  by: Read;
  answer: StoreAnswer;
  signature: Signature | null;
  /** Labels of embedded manifests whose signers some list vouches for. */
  vouched: ReadonlySet<string>;
}

const isSame = (a: Uint8Array, b: Uint8Array | null): boolean =>
  a.length === b?.length && a.every((byte, i) => byte === b[i]);

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

  type Ask = (by: Read) => Promise<SdkAnswer>;

  /**
   * The first read whose list vouches for the signer. For a signer on no list the first that vouches for the
   * time-stamp, which decides between the reasons; else the official one.
   * @param ask the SDK, under a list
   * @param jumbf the store that it reads; null where it can't be told which: then nothing of ours adds to its word
   */
  const choose = async (ask: Ask, jumbf: Uint8Array | null): Promise<Best | { error: string }> => {
    const answer = await ask(official);
    if ('error' in answer) return answer;
    const signature = jumbf === null ? null : signatureIn(jumbf, answer.store);
    let best = { by: official, answer, signature };
    if (isTrusted(answer.store)) return best;
    const issuer = await listed.issuerOf(signature, answer.store);
    for (const by of issuer === null ? others : [interim(issuer), ...others]) {
      const other = await ask(by);
      if ('error' in other) continue;
      if (isTrusted(other.store)) return { by, answer: other, signature };
      if (timeStampOf(best.answer.store) !== 'trusted' && timeStampOf(other.store) === 'trusted')
        best = { by, answer: other, signature };
    }
    return best;
  };

  /**
   * The signers of a history may stand on other lists than the last one does. An issuer that was made an anchor for the
   * sake of one certificate vouches for no other.
   */
  const withHistory = async (best: Best, ask: Ask): Promise<Chosen> => {
    const { store } = best.answer;
    const lists = [official, ...others];
    const vouched = new Set(lists.includes(best.by) ? vouchedIn(store) : []);
    const { isIntact, isSound } = standingsIn(store, vouched);
    const isOpen = isTrusted(store) && saysOf(store, isIntact) !== saysOf(store, isSound);
    for (const by of isOpen ? lists.filter((list) => list !== best.by) : []) {
      const other = await ask(by);
      if (!('error' in other)) for (const label of vouchedIn(other.store)) vouched.add(label);
    }
    return { ...best, vouched };
  };

  const chosen = new WeakMap<Claim, Chosen & { jumbf: Uint8Array }>();

  const conclude = async (
    store: ManifestStore,
    completeness: Completeness,
    { by, signature, vouched }: Omit<Chosen, 'answer'>,
  ): Promise<Credentials> => {
    const seen = classifyStore(store, completeness, by.trusted);
    // For a signer on no list the stamp only decides the reason: any list's service will do.
    const rule = {
      trusted: by.trusted,
      versions: by.list === 'user' ? ('all' as const) : (1 as const),
      services: seen.state === by.trusted ? by.stamps : services,
      now: now(),
    };
    return describe(store, await checkStamp(store, seen, signature, rule), by.list, vouched);
  };

  return {
    claim: async (jumbf) => {
      // From the manifest alone, which is cheap.
      const ask: Ask = (by) => readStore('application/c2pa', jumbf, by.settings, { wanted: picturesOf });
      const best = await choose(ask, jumbf);
      if ('error' in best) return null;
      const found = await withHistory(best, ask);
      const { store } = found.answer;
      const active = asText(store.active_manifest);
      if (active === null) return null;
      const binding = bindingOf(found.answer.store);
      // By itself the store fails by its binding; if by another one, the SDK has to be asked.
      const isTheOne = mismatchUrl(store) === `self#jumbf=/c2pa/${active}/c2pa.assertions/${binding?.label ?? ''}`;
      const claim: Claim = {
        credentials: describe(store, { state: 'unverified', reason: null, detail: null }, null),
        binding: isTheOne ? binding : null,
      };
      chosen.set(claim, { ...found, jumbf });
      return claim;
    },
    matched: async (claim, completeness, onManifest) => {
      const known = chosen.get(claim) as Chosen;
      const store = withMatch(known.answer.store);
      onManifest?.(rawManifest({ store, text: JSON.stringify(store, null, 2), parts: known.answer.parts }));
      return await conclude(store, completeness, known);
    },
    judge: async ({ format, bytes, fragment, jumbf, claim, completeness, onManifest }) => {
      const wanted = onManifest === undefined ? {} : { wanted: picturesOf };
      const ask: Ask = (by) => readStore(format, bytes, by.settings, { fragment, ...wanted });
      const claimed = claim === null ? undefined : chosen.get(claim);
      const again = async (known: Chosen): Promise<Chosen | { error: string }> => {
        const answer = await ask(known.by);
        return 'error' in answer ? answer : { ...known, answer };
      };
      const isClaimed = claimed !== undefined && isSame(claimed.jumbf, jumbf);
      const fresh = async (): Promise<Chosen | { error: string }> => {
        const best = await choose(ask, jumbf);
        return 'error' in best ? best : await withHistory(best, ask);
      };
      const found = isClaimed ? await again(claimed) : await fresh();
      if ('error' in found) {
        // The SDK stumbles over the file's end; the store itself was read, and its hash can't fit a file with less or more.
        if (isClaimed && (completeness.trails === true || !completeness.whole)) {
          const said = await conclude(claimed.answer.store, completeness, claimed);
          if (UNFIT.includes(said.state)) return said;
        }
        const { state, reason, detail } = classifyError(found.error, completeness);
        return { ...emptyCredentials(state, reason), detail };
      }
      onManifest?.(rawManifest(found.answer));
      const { store } = found.answer;
      const misplaced = leavesPlacesOpen(store) && !isMediaPlaced(bytes);
      return await conclude(store, { ...completeness, misplaced }, found);
    },
  };
}
