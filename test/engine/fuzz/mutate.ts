/** Broken files: one to four mutations, each of bytes anywhere or of a part that the file itself is made of. */
import { BLIND, SIZES, join } from './bytes';
import type { Bytes } from './bytes';
import type { Random } from './random';
import { putSize, spansOf } from './spans';
import type { Format, Span } from './spans';

export interface Seed {
  name: string;
  format: Format;
  bytes: Bytes;
}

/** A part, all parts, and where parts of other files come from. */
interface Place {
  bytes: Bytes;
  span: Span;
  spans: Span[];
  other: Seed;
}
type Change = (place: Place, r: Random) => Bytes;

/** No file grows over this: what is slow at this length is slow by itself. */
const MAX_LENGTH = 400_000;

/** Puts bytes in the place of a part; the parts around it state the new length, or the old one. */
function replace({ bytes, span, spans }: Place, by: Uint8Array, r: Random): Bytes {
  const grown = by.length - (span.end - span.start);
  if (bytes.length + grown > MAX_LENGTH) return bytes;
  const out = join(bytes.subarray(0, span.start), by, bytes.subarray(span.end));
  if (r.below(3) === 0) return out;
  for (const outer of spans) {
    const isAround = outer !== span && outer.start <= span.start && outer.end >= span.end && outer.body <= span.start;
    if (isAround && outer.size !== null) putSize(out, outer.size, outer.end - outer.body + grown + headOf(outer));
  }
  return out;
}

/** What a stated length counts besides the body: a box counts its own head. */
const headOf = ({ start, body, size }: Span): number => (size?.at === start ? body - start : 0);

const resize: Change = ({ bytes, span }, r) => {
  if (span.size === null) return bytes;
  const out = bytes.slice();
  const near = span.end - span.start + r.below(17) - 8;
  putSize(out, span.size, r.below(3) === 0 ? Math.max(near, 0) : r.pick(SIZES));
  return out;
};

const drop: Change = (place, r) => replace(place, new Uint8Array(0), r);

const repeat: Change = (place, r) => {
  const part = place.bytes.subarray(place.span.start, place.span.end);
  const times = part.length > 2_000 ? 2 : 2 + r.below(60);
  return replace(place, join(...Array.from({ length: times }, () => part)), r);
};

/** The part inside itself, up to some hundred times. */
const nest: Change = (place, r) => {
  const { bytes, span } = place;
  const head = bytes.slice(span.start, span.body);
  const field = span.size === null ? null : { ...span.size, at: span.size.at - span.start };
  let inner: Uint8Array = bytes.slice(span.body, span.end);
  for (let depth = 1 + r.below(r.below(4) === 0 ? 600 : 12); depth >= 0; depth--) {
    if (inner.length * 2 + bytes.length > MAX_LENGTH) break;
    const own = head.slice();
    if (field !== null) putSize(own, field, inner.length + headOf(span));
    inner = join(own, inner);
  }
  return replace(place, inner, r);
};

/** A part of another file. */
const splice: Change = (place, r) => {
  const { bytes, format } = place.other;
  const theirs = partsOf(bytes, format);
  if (theirs.length === 0) return place.bytes;
  const { start, end } = r.pick(theirs);
  return replace(place, bytes.subarray(start, end), r);
};

/** Another part of the same file in its place. */
const copy: Change = (place, r) => {
  const { start, end } = r.pick(place.spans);
  return replace(place, place.bytes.subarray(start, end), r);
};

const cutThere: Change = ({ bytes, span }, r) => bytes.slice(0, r.pick([span.start, span.body, span.end]) + r.below(9));

/** A 64-bit length in place of a 32-bit one. */
const longSize: Change = (place, r) => {
  const { bytes, span } = place;
  if (span.size?.at !== span.start) return bytes;
  const head = join(bytes.subarray(span.start, span.body), new Uint8Array(8));
  putSize(head, { at: 0, bytes: 4, order: 'big' }, 1);
  const length = r.below(2) === 0 ? span.end - span.start + 8 : r.pick(SIZES) * r.pick([1, 2 ** 20, 2 ** 32]);
  putSize(head, { at: 8, bytes: 8, order: 'big' }, length);
  return replace(place, join(head, bytes.subarray(span.body, span.end)), r);
};

const CHANGES: Change[] = [resize, resize, resize, drop, repeat, nest, splice, copy, cutThere, longSize];

const known = new WeakMap<Bytes, Span[]>();

/** Parts of a seed are found once. */
function partsOf(bytes: Bytes, format: Format): Span[] {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const found = spansOf(bytes, format);
  known.set(bytes, found);
  return found;
}

/** @param others where parts of other files come from */
export function mutate({ bytes, format }: Seed, others: readonly Seed[], r: Random): Bytes {
  let out = bytes;
  for (let i = 1 + r.below(4); i > 0 && out.length > 0; i--) {
    const spans = r.below(3) === 0 ? [] : partsOf(out, format);
    const place = { bytes: out, spans, other: r.pick(others) };
    out = spans.length === 0 ? r.pick(BLIND)(out, r) : r.pick(CHANGES)({ ...place, span: r.pick(spans) }, r);
  }
  return out;
}
