/** Appended bytes, in the page's own world: read and copied by natives only. */
import { apply, getter } from './hook-natives';

export interface Appended {
  length: number;
  /** @throws {RangeError} behind the end */
  u32(at: number): number;
  copy(from: number, to: number): Blob;
}

/** @returns a function that throws for what is neither a buffer nor a typed array */
export function bytesReader(): (data: unknown) => Appended {
  const View = DataView;
  const Bytes = Uint8Array;
  const Copy = Blob;
  const { isView } = ArrayBuffer;
  const { iterator } = Symbol;
  const { getUint32 } = View.prototype;
  const typed = Object.getPrototypeOf(Bytes.prototype) as object;
  const bufferOf = getter(typed, 'buffer');
  const offsetOf = getter(typed, 'byteOffset');
  const lengthOf = getter(typed, 'byteLength');
  const whole = getter(ArrayBuffer.prototype, 'byteLength');

  return (data) => {
    const ask = (typedNative: () => unknown, otherwise: unknown): unknown =>
      isView(data) ? apply(typedNative, data, []) : otherwise;
    const buffer = ask(bufferOf, data) as ArrayBuffer;
    const start = ask(offsetOf, 0) as number;
    const length = (isView(data) ? apply(lengthOf, data, []) : apply(whole, data, [])) as number;
    const view = new View(buffer, start, length);
    return {
      length,
      u32: (at) => apply(getUint32, view, [at]) as number,
      copy: (from, to) => {
        // The constructor walks its list by an iterator: this one is our own.
        let done = false;
        const next = (): unknown => {
          const value = done ? undefined : new Bytes(buffer, start + from, to - from);
          const result = { done, value };
          done = true;
          return result;
        };
        return new Copy({ [iterator]: () => ({ next }) } as unknown as BlobPart[]);
      },
    };
  };
}
