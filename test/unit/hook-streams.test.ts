/** The hook on streams, in a world whose page has replaced whatever it could. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hookStreams } from '../../src/page/hook-streams';
import type { StreamLine } from '../../src/page/hook-streams';
import type { HookPiece } from '../../src/page/hook-piece';

const C2PA = 'd8fec3d61b0e483c92975828877ec481';

/** A browser tells of these by events, a task later; here it is told when a test says so. */
let tasks: (() => void)[] = [];
const soon = (at: EventTarget, type: string): void => {
  tasks.push(() => at.dispatchEvent(new Event(type)));
};
const runTasks = (): void => {
  for (const task of tasks.splice(0)) task();
};

class Sink extends EventTarget {
  appended: unknown[] = [];
  get timestampOffset(): number {
    return 2;
  }
  appendBuffer(data: unknown): void {
    if (data === null) throw new TypeError('not a buffer');
    this.appended.push(data);
    soon(this, 'updatestart');
  }
  remove(_from: number, _to: number): void {
    soon(this, 'updatestart');
  }
}
class Source {
  readonly #buffers = new EventTarget();
  readonly #sinks: Sink[];
  /** Its buffers are made beforehand: that asks for what a test has taken away. */
  constructor(sinks = [new Sink(), new Sink()]) {
    this.#sinks = sinks;
  }
  get sourceBuffers(): EventTarget {
    return this.#buffers;
  }
  addSourceBuffer(_mime: string): Sink {
    soon(this.#buffers, 'addsourcebuffer');
    return this.#sinks.pop() as Sink;
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

/** The natives of another frame. */
const { appendBuffer, remove } = Sink.prototype;
const { addSourceBuffer } = Source.prototype;
const typed = Object.getPrototypeOf(Uint8Array.prototype) as object;

let line: StreamLine;
let told: Partial<HookPiece>[];

function install(): void {
  told = [];
  tasks = [];
  line = { active: true, room: 32e6, offer: () => undefined, tell: (piece) => void told.push(piece) };
  vi.stubGlobal('URL', { createObjectURL: (thing: object) => (thing instanceof Source ? 'blob:1' : 'blob:0') });
  vi.stubGlobal('MediaSource', Source);
  hookStreams(line);
}
function uninstall(): void {
  Object.assign(Sink.prototype, { appendBuffer, remove });
  Object.assign(Source.prototype, { addSourceBuffer });
}

beforeEach(() => {
  vi.stubGlobal('SourceBuffer', Sink);
  install();
});
afterEach(() => {
  vi.unstubAllGlobals();
  uninstall();
});

/** As the page makes one. */
const made = (sinks?: Sink[]): Source => new (globalThis.MediaSource as unknown as typeof Source)(sinks);

function stream(): { add(): Sink } {
  const source = made();
  URL.createObjectURL(source as unknown as Blob);
  return { add: () => source.addSourceBuffer('video/mp4') };
}
const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('latin1');
const MISSED = { url: 'blob:1', missed: true };

describe('what is handed over', () => {
  test('nothing of an unsigned stream', () => {
    const sink = stream().add();
    for (const bytes of [plainInit, media, media]) sink.appendBuffer(same(bytes));
    expect(told).toEqual([]);
    expect(sink.appended).toHaveLength(3);
  });

  test('init and media of a signed one, with the shift of its times', () => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    sink.appendBuffer(same(media));
    expect(told).toMatchObject([
      { url: 'blob:1', bytes: null, missed: false, offset_s: 2 },
      { url: 'blob:1', missed: false },
    ]);
    expect(textOf(told[0]?.init)).toBe(signedInit.toString('latin1'));
    expect(textOf(told[1]?.init)).toBe(signedInit.toString('latin1'));
    expect(textOf(told[1]?.bytes)).toBe(media.toString('latin1'));
  });

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => unknown]>([
    ['a buffer', (bytes) => bytes.buffer],
    ['a part of a buffer', (bytes) => new Uint8Array(Uint8Array.from([1, 2, 3, ...bytes, 4]).buffer, 3, bytes.length)],
    ['another typed array', (bytes) => new Int8Array(bytes.buffer)],
  ])('bytes in %s', (_, form) => {
    const sink = stream().add();
    const glued = same(Buffer.concat([signedInit, media]));
    sink.appendBuffer(form(glued));
    expect(textOf(told[0]?.init)).toBe(signedInit.toString('latin1'));
    expect(textOf(told[0]?.bytes)).toBe(media.toString('latin1'));
  });

  test.each<[string, Uint8Array[]]>([
    ['a view that can’t be read', [new DataView(same(media).buffer) as unknown as Uint8Array]],
    ['a cut init segment', [same(signedInit.subarray(0, 60))]],
    ['an unsigned init segment and its media', [same(plainInit), same(media)]],
  ])('that something was missed: %s', (_, appended) => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    for (const bytes of appended) sink.appendBuffer(bytes);
    runTasks();
    expect(told.at(-1)).toEqual(MISSED);
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
    expect(told.map((piece) => [piece.bytes?.length ?? 0, piece.missed])).toEqual([
      [0, false],
      [large.length, false],
      [0, true],
    ]);
    line.room += large.length;
    sink.appendBuffer(large);
    expect(told.at(-1)).toMatchObject({ missed: true });
    expect(told.at(-1)?.bytes?.length).toBe(large.length);
  });

  test('nothing while switched off, and then that something was missed', () => {
    const sink = stream().add();
    sink.appendBuffer(same(signedInit));
    line.active = false;
    sink.appendBuffer(same(media));
    expect(told).toHaveLength(1);
    line.active = true;
    sink.appendBuffer(same(media));
    expect(told.at(-1)).toMatchObject({ missed: true });
  });
});

describe('what the hook has not seen is missed', () => {
  const signed = (sink: Sink): void => {
    for (const bytes of [signedInit, media]) sink.appendBuffer(same(bytes));
    runTasks();
    expect(told).toHaveLength(2);
  };

  test('an append by the native of another frame', () => {
    const sink = stream().add();
    signed(sink);
    appendBuffer.call(sink, same(media));
    runTasks();
    expect(told.slice(2)).toEqual([MISSED]);
  });

  test('a buffer by the native of another frame', () => {
    const source = made();
    URL.createObjectURL(source as unknown as Blob);
    signed(source.addSourceBuffer('video/mp4'));
    const sink = addSourceBuffer.call(source, 'video/mp4');
    sink.appendBuffer(same(media));
    runTasks();
    expect(told.slice(2)).toEqual([MISSED]);
  });

  test('a buffer of which the page hears first, and keeps it to itself', () => {
    const source = made();
    source.sourceBuffers.addEventListener('addsourcebuffer', (event) => {
      event.stopImmediatePropagation();
    });
    URL.createObjectURL(source as unknown as Blob);
    signed(source.addSourceBuffer('video/mp4'));
    addSourceBuffer.call(source, 'video/mp4');
    runTasks();
    expect(told.slice(2)).toEqual([MISSED]);
  });

  test('nothing is told of a source whose making was not seen', () => {
    const source = new Source();
    URL.createObjectURL(source as unknown as Blob);
    const sink = source.addSourceBuffer('video/mp4');
    for (const bytes of [signedInit, media]) sink.appendBuffer(same(bytes));
    expect(sink.appended).toHaveLength(2);
    expect(told).toEqual([]);
  });

  test('what comes after a second address of the stream', () => {
    const source = made();
    URL.createObjectURL(source as unknown as Blob);
    signed(source.addSourceBuffer('video/mp4'));
    URL.createObjectURL(source as unknown as Blob);
    expect(told.slice(2)).toEqual([MISSED]);
  });

  test('and an append that a listener of the page’s keeps to itself', () => {
    const sink = stream().add();
    sink.addEventListener(
      'updatestart',
      (event) => {
        event.stopImmediatePropagation();
      },
      true,
    );
    signed(sink);
    appendBuffer.call(sink, same(media));
    runTasks();
    expect(told.slice(2)).toEqual([MISSED]);
  });

  test('nothing is told of a buffer of another frame, whose events may end', () => {
    const source = made([new (class extends Sink {})()]);
    URL.createObjectURL(source as unknown as Blob);
    const sink = source.addSourceBuffer('video/mp4');
    for (const bytes of [signedInit, media]) sink.appendBuffer(same(bytes));
    expect(sink.appended).toHaveLength(2);
    expect(told).toEqual([]);
  });

  test('a removal, and an append begun anew before its event, are not', () => {
    const sink = stream().add();
    signed(sink);
    sink.remove(0, 1);
    sink.appendBuffer(same(media));
    sink.appendBuffer(same(media));
    runTasks();
    expect(told.map(({ missed }) => missed)).toEqual([false, false, false, false]);
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

  test('what a call wasn’t given is not asked of it', () => {
    let asked = 0;
    const first = { configurable: true, get: () => ++asked };
    const sink = new MediaSource().addSourceBuffer('video/mp4');
    Object.defineProperty(Array.prototype, '0', first);
    const made = new MediaSource();
    let thrown = false;
    try {
      (sink as unknown as { remove(): void }).remove();
    } catch {
      thrown = true;
    }
    Reflect.deleteProperty(Array.prototype, '0');
    expect([asked, made instanceof MediaSource, thrown]).toEqual([0, true, false]);
  });

  test('traps that it gives every object are not asked, which would show them the native', () => {
    const asked: unknown[] = [];
    stream();
    const prototype = Object.prototype as { get?: unknown };
    prototype.get = function (this: unknown, target: object, key: PropertyKey): unknown {
      asked.push(this, target);
      return Reflect.get(target, key);
    };
    const { name } = Sink.prototype.appendBuffer;
    delete prototype.get;
    expect(asked).toEqual([]);
    expect(name).toBe('appendBuffer');
  });

  test('names, lengths and texts of functions', () => {
    stream();
    expect([MediaSource.name, made() instanceof MediaSource, MediaSource.prototype]).toEqual([
      'Source',
      true,
      Source.prototype,
    ]);
    expect([Sink.prototype.appendBuffer.name, Sink.prototype.appendBuffer.length]).toEqual(['appendBuffer', 1]);
    expect([Source.prototype.addSourceBuffer.name, Source.prototype.addSourceBuffer.length]).toEqual([
      'addSourceBuffer',
      1,
    ]);
    expect(Function.prototype.toString.call(Sink.prototype.appendBuffer)).toContain('[native code]');
  });

  test('nothing that it can replace is asked', () => {
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
      native(Source.prototype, 'sourceBuffers'),
      native(EventTarget.prototype, 'addEventListener'),
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
