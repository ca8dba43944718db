/**
 * Closed lists of reasons. A lane that can't answer names exactly one of these;
 * each has a text in `_locales` (`reason_<code with dashes as underscores>`).
 */

/** Why the signer can't be vouched for (state `unrecognised`), worst first. */
export const SIGNER_REASONS = ['revoked', 'invalid', 'expired', 'untrusted'] as const;
export type SignerReason = (typeof SIGNER_REASONS)[number];

/** Why bytes can't be had, or were not all read (states `unreachable`, `unverified`, `unsupported`). */
export const BYTES_REASONS = [
  'http-error', // the server answered with a status other than 2xx; `detail` holds the status
  'not-media', // the server answered with something that is no media (an HTML page, text)
  'zero-bytes',
  'network', // refused, reset, DNS, TLS
  'timed-out', // an answer that doesn't end or doesn't start within the limit
  'blob-gone', // a blob: URL or a file that can't be read any more, or that the page's rules keep from us
  'media-error', // the page's own player could not load it
  'not-loaded', // the page has not loaded the video yet
  'not-public', // an address that a file may not have us ask: no https, or inside of a network
  'no-access', // the user has not granted access to this site
  'protected', // DRM
  'too-large', // over the byte limit; verified on click
  'other-file', // the server gave us another file than the page's player has
  'partial', // the file ends before its last box does
  'init-only', // an init segment without media
  'stopped', // the video went away, or the user stopped it
  'container', // a container that C2PA does not define
  'stream', // some pieces of a stream could not be fetched again to compare them, or are not signed
  'engine-unavailable',
] as const;
export type BytesReason = (typeof BYTES_REASONS)[number];

/** Why the estimate can't tell. */
export const ESTIMATE_REASONS = [
  'too-small',
  'too-short',
  'static',
  'low-quality',
  'cues-disagree',
  'not-playing',
  'pixels-unreadable',
  'protected',
  'black',
  'canvas-noise',
  'engine-unavailable',
  'still-looking',
  'switched-off',
] as const;
export type EstimateReason = (typeof ESTIMATE_REASONS)[number];

/** Why a certificate can't be an anchor of the user's or the organisation's own. */
export const ANCHOR_REASONS = [
  'no-certificate', // no whole certificate in PEM form
  'private-key', // a secret that belongs in no browser
  'broken-certificate',
  'not-a-ca', // it may not issue certificates, so nothing could chain to it
  'anchor-expired',
  'anchor-too-early', // its validity has not begun
] as const;
export type AnchorReason = (typeof ANCHOR_REASONS)[number];
