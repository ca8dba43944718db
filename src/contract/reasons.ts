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
  'blob-gone', // a blob: URL that can't be read any more, or that the page's rules keep from us
  'media-error', // the page's own player could not load it
  'not-loaded', // the page has not loaded the video yet
  'not-public', // an address that a file may not have us ask: no https, or inside of a network
  'no-access', // the user has not granted access to this site
  'protected', // DRM
  'too-large', // over the byte limit; verified on click
  'partial', // the file ends before its last box does
  'init-only', // an init segment without media
  'stopped', // the video went away, or the user stopped it
  'container', // a container that C2PA does not define
  'engine-unavailable',
] as const;
export type BytesReason = (typeof BYTES_REASONS)[number];

/** Why the estimate can't tell (product.md, closed list). */
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
