/** Blobs that can be read at once, as the workers of browsers can; the verifier reads fragments so. */

export class OpenBlob extends Blob {
  readonly held: Buffer;
  constructor(parts: (Uint8Array | ArrayBuffer | OpenBlob)[] = []) {
    const bytes = Buffer.concat(parts.map((p) => (p instanceof OpenBlob ? p.held : Buffer.from(p as Uint8Array))));
    super([new Uint8Array(bytes)]);
    this.held = bytes;
  }
  override slice(from?: number, to?: number): OpenBlob {
    return new OpenBlob([this.held.subarray(from, to)]);
  }
}

export class OpenReader {
  readAsArrayBuffer(blob: OpenBlob): ArrayBuffer {
    return Uint8Array.from(blob.held).buffer;
  }
}
