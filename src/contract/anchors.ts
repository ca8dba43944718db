/** Anchors of the user's or the organisation's own: certificates that vouch for signers, apart from the lists that ship. */
import type { AnchorReason } from './reasons';

export interface Anchor {
  pem: string;
  /** Who it names, as `CN=…, O=…`: a text from outside. */
  subject: string;
  /** End of its validity (ISO 8601). */
  expires: string;
  /** SHA-256 of the certificate (DER), in hex. */
  sha256: string;
}

/** Why a text gives no anchors; `subject` names the certificate that is to blame, where it could be read. */
export interface AnchorFault {
  reason: AnchorReason;
  subject: string | null;
}

/** The anchors in force, as texts (PEM); not yet checked. */
export interface OwnAnchors {
  /** Tells them from all others: what was found under another name doesn't hold any more. */
  name: string;
  texts: string[];
}

/** All certificates of a text, or what is wrong with the first that is no anchor. */
export type AnchorsFound = { anchors: Anchor[] } | { fault: AnchorFault };
