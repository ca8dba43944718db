/** The hook on streams, in a world whose page has replaced whatever it could. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hookStreams } from '../../src/page/hook-streams';
import type { HookPiece } from '../../src/page/hook-piece';

const C2PA = 'd8fec3d61b0e483c92975828877ec481';

class Source {
  get readyState(): string {
    return 'open';
  }
  addSourceBuffer(_mime: string): Sink {
    return new Sink();
  }
}
class Sink {
  appended: unknown[] = [];
  get timestampOffset(): number {
    return 2;
  }
  appendBuffer(data: unknown): void {
    if (data === null) throw new TypeError('not a buffer');
    this.appended.push(data);
  }
}

const box = (type: string, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const plainInit = Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', Buffer.alloc(9))]);
const signedInit = Buffer.concat([
  box('ftyp', Buffer.from('isom')),
  box('uuid', Buffer.from(C2PA, 'hex'), Buffer.alloc(40)),
  box('moov', Buffer.alloc(9)),
]);
const media = Buffer.concat([box('moof'), box('mdat', Buffer.from('pictures'))]);
const same = (bytes: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

const { appendBuffer } = Sink.prototype;
const { addSourceBuffer } = Source.prototype;
const typed = Object.getPrototypeOf(Uint8Array.prototype) as object;

let active: boolean;
let told: HookPiece[];
let room: (bytes: number) => void;

function install(): void {
  active = true;
  told = [];
  vi.stubGlobal('URL', { createObjectURL: (thing: object) => (thing instanceof Source ? 'blob:1' : 'blob:0') });
  hookStreams((taken) => {
    room = taken;
    return { isActive: () => active, offer: () => undefined, tell: (piece) => void told.push(piece) };
  });
}
function uninstall(): void {
  Object.assign(Sink.prototype, { appendBuffer });
  Object.assign(Source.prototype, { addSourceBuffer });
}

beforeEach(() => {
  vi.stubGlobal('MediaSource', Source);
  vi.stubGlobal('SourceBuffer', Sink);
  install();
});
afterEach(() => {
  vi.unstubAllGlobals();
  uninstall();
});

function stream(): { add(): Sink } {
  const source = new Source();
  URL.createObjectURL(source as unknown as Blob);
  return { add: () => source.addSourceBuffer('video/mp4') };
}
const textOf = async (blob: Blob | null | undefined): Promise<string> =>
  blob == null ? '' : Buffer.from(await blob.arrayBuffer()).toString('latin1');

describe('what is handed over', () => {
  test('nothing of an unsigned stream', () => {
    const sink = stream().add();
    for (const bytes of [plainInit, media, media]) sink.appendBuffer(same(bytes));
    expect(told).toEqual([]);
    expect(sink.appended).toHaveLength(3);
  });

  test('init and media of a signed one, with the shift of its times', async () => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    sink.appendBuffer(same(media));
    expect(told).toMatchObject([
      { url: 'blob:1', bytes: null, missed: false, offset_s: 2 },
      { url: 'blob:1', missed: false },
    ]);
    expect(await textOf(told[0]?.init)).toBe(signedInit.toString('latin1'));
    expect(await textOf(told[1]?.init)).toBe(signedInit.toString('latin1'));
    expect(await textOf(told[1]?.bytes)).toBe(media.toString('latin1'));
  });

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => unknown]>([
    ['a buffer', (bytes) => bytes.buffer],
    ['a part of a buffer', (bytes) => new Uint8Array(Uint8Array.from([1, 2, 3, ...bytes, 4]).buffer, 3, bytes.length)],
    ['another typed array', (bytes) => new Int8Array(bytes.buffer)],
  ])('bytes in %s', async (_, form) => {
    const sink = stream().add();
    const glued = same(Buffer.concat([signedInit, media]));
    sink.appendBuffer(form(glued));
    expect(await textOf(told[0]?.init)).toBe(signedInit.toString('latin1'));
    expect(await textOf(told[0]?.bytes)).toBe(media.toString('latin1'));
  });

  test.each<[string, Uint8Array[]]>([
    ['a view that can’t be read', [new DataView(same(media).buffer) as unknown as Uint8Array]],
    ['a cut init segment', [same(signedInit.subarray(0, 60))]],
    ['an unsigned init segment and its media', [same(plainInit), same(media)]],
  ])('that something was missed: %s', (_, appended) => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    for (const bytes of appended) sink.appendBuffer(bytes);
    expect(told.at(-1)).toEqual({ url: 'blob:1', init: null, bytes: null, offset_s: 0, missed: true });
  });

  test('an unsigned track beside a signed one', () => {
    const { add } = stream();
    const [sound, picture] = [add(), add()];
    sound.appendBuffer(same(plainInit));
    sound.appendBuffer(same(media));
    picture.appendBuffer(same(signedInit));
    expect(told).toMatchObject([{ missed: true }]);
  });

  test('no more than there is room for, until some was taken', () => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    const large = same(Buffer.concat([media, Buffer.alloc(20e6)]));
    for (let i = 0; i < 2; i++) sink.appendBuffer(large);
    expect(told.map((piece) => [piece.bytes?.size ?? 0, piece.missed])).toEqual([
      [0, false],
      [large.length, false],
      [0, true],
    ]);
    room(large.length);
    sink.appendBuffer(large);
    expect(told.at(-1)).toMatchObject({ missed: true });
    expect(told.at(-1)?.bytes?.size).toBe(large.length);
  });

  test('nothing while switched off, and then that something was missed', () => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    active = false;
    sink.appendBuffer(same(media));
    expect(told).toHaveLength(1);
    active = true;
    sink.appendBuffer(same(media));
    expect(told.at(-1)).toMatchObject({ missed: true });
  });
});

describe('the page does not notice', () => {
  test('errors are the native’s own, and what failed was not appended', () => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    expect(() => {
      sink.appendBuffer(null);
    }).toThrow(new TypeError('not a buffer'));
    expect(told).toHaveLength(1);
    expect(URL.createObjectURL(new Blob())).toBe('blob:0');
  });

  test('names, lengths and texts of functions', () => {
    stream();
    expect([Sink.prototype.appendBuffer.name, Sink.prototype.appendBuffer.length]).toEqual(['appendBuffer', 1]);
    expect([Source.prototype.addSourceBuffer.name, Source.prototype.addSourceBuffer.length]).toEqual([
      'addSourceBuffer',
      1,
    ]);
    expect(Function.prototype.toString.call(Sink.prototype.appendBuffer)).toContain('[native code]');
  });

  test('nothing that it can replace is asked', () => {
    // Node's own Blob asks views by their names; a browser's doesn't.
    vi.stubGlobal(
      'Blob',
      class {
        readonly part: unknown;
        constructor(parts: Iterable<unknown>) {
          this.part = parts[Symbol.iterator]().next().value;
        }
        get size(): number {
          return 0;
        }
      },
    );
    uninstall();
    install();
    const { add } = stream();
    const first = same(signedInit);
    const second = same(media);
    const asked: PropertyKey[] = [];
    const native = (owner: object, name: PropertyKey) => ({
      owner,
      name,
      was: Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor,
    });
    const natives = [
      native(typed, 'buffer'),
      native(typed, 'byteOffset'),
      native(typed, 'byteLength'),
      native(typed, 'length'),
      native(DataView.prototype, 'getUint32'),
      native(WeakMap.prototype, 'get'),
      native(WeakMap.prototype, 'set'),
      native(Sink.prototype, 'timestampOffset'),
      native(Source.prototype, 'readyState'),
      native(Array.prototype, Symbol.iterator),
    ];
    for (const { owner, name } of natives) {
      const get = (): void => {
        asked[asked.length] = name;
      };
      Object.defineProperty(owner, name, { get, configurable: true });
    }
    try {
      const sink = add();
      sink.appendBuffer(first);
      sink.appendBuffer(second);
    } finally {
      natives.forEach(({ owner, name, was }) => Object.defineProperty(owner, name, was));
    }
    expect(asked).toEqual([]);
    expect(told).toHaveLength(2);
  });
});
