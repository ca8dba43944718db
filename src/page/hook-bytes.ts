/** Appended bytes, in the page's own world: read and copied by natives only. */
import { apply, getPrototypeOf, getter } from './hook-natives';

export interface Appended {
  length: number;
  /** @throws {RangeError} behind the end */
  u32(at: number): number;
  copy(from: number, to: number): Uint8Array<ArrayBuffer>;
}

/** @returns a function that throws for what is neither a buffer nor a typed array */
export function bytesReader(): (data: unknown) => Appended {
  const View = DataView;
  const Bytes = Uint8Array;
  const { isView } = ArrayBuffer;
  const { getUint32 } = View.prototype;
  const typed = getPrototypeOf(Bytes.prototype) as object;
  const bufferOf = getter(typed, 'buffer');
  const offsetOf = getter(typed, 'byteOffset');
  const lengthOf = getter(typed, 'byteLength');
  const whole = getter(ArrayBuffer.prototype, 'byteLength');

  return (data) => {
    const isTyped = isView(data);
    const ask = (native: () => unknown): unknown => apply(native, data, []);
    const buffer = (isTyped ? ask(bufferOf) : data) as ArrayBuffer;
    const start = (isTyped ? ask(offsetOf) : 0) as number;
    const length = ask(isTyped ? lengthOf : whole) as number;
    const view = new View(buffer, start, length);
    return {
      length,
      u32: (at) => apply(getUint32, view, [at]) as number,
      // of a view a message would carry all of its buffer
      copy: (from, to) => new Bytes(new Bytes(buffer, start + from, to - from)),
    };
  };
}
