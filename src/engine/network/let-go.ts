/** Gives large bytes back at once: a collector that sees only their small handles may leave them for long. */
export function letGo({ buffer }: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>): void {
  (buffer as { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
}
