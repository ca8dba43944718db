type Bytes = Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>;

/**
 * Gives large bytes back at once: a collector that sees only their small handles may leave them for long. Whoever still
 * holds them finds them empty.
 */
export function letGo({ buffer }: Bytes | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>): void {
  const { transfer } = buffer as { transfer?: (this: ArrayBuffer, length: number) => ArrayBuffer };
  if (transfer !== undefined) transfer.call(buffer, 0);
  else structuredClone(buffer, { transfer: [buffer] }); // Node 20, where tests are to see the same
}

let letBlobBytesGo: typeof letGo = letGo;

/** To be called where `letGo` frees no bytes that the browser gave: by a message that reaches nobody they go all the same. */
export function sendBlobBytesAway(): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  letBlobBytesGo = ({ buffer }) => {
    port1.postMessage(null, [buffer]);
  };
}

/** Gives bytes back that a Blob or a canvas gave. */
export const letBlobGo: typeof letGo = (bytes) => {
  letBlobBytesGo(bytes);
};
