/**
 * Tools for the page's own world, made of natives that are taken before the page can change them. Nothing
 * of the page's is iterated or asked by name: it could watch that.
 */
export const { apply } = Reflect;
const { construct } = Reflect;
export const { getPrototypeOf } = Object;
const { addEventListener, dispatchEvent } = EventTarget.prototype;

export type Getter = (this: unknown) => unknown;
export const getter = (proto: object, name: PropertyKey): Getter =>
  Object.getOwnPropertyDescriptor(proto, name)?.get as Getter;

/** Captured, so that whoever listens first is the first to hear. */
export const listen = (target: object, type: string, listener: (event: Event) => void): void => {
  apply(addEventListener, target, [type, listener, true]);
};

export const dispatch = (target: object, event: Event): void => {
  apply(dispatchEvent, target, [event]);
};

/**
 * Has a native followed by a note of ours, which the page must never notice, whatever becomes of it.
 * @param note `self`: of a constructor, what it has made; `args`: one that may not be given is not asked for, since
 *   the page could answer in its place
 */
export function follow(
  owner: object,
  name: string,
  note: (self: object, args: readonly unknown[], out: unknown) => void,
): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  const noted = (out: unknown, self: unknown, args: unknown[]): unknown => {
    try {
      note(self as object, args, out);
    } catch {
      // not for us
    }
    return out;
  };
  methods[name] = new Proxy(
    methods[name] as () => unknown,
    {
      // without a prototype: traps of the page's own would get hold of the native and of this
      __proto__: null,
      apply: (target, self, args) => noted(apply(target, self, args), self, args),
      construct: (target, args, as) => {
        const made: unknown = construct(target, args, as);
        return noted(made, made, args);
      },
    } as ProxyHandler<() => unknown>,
  );
}
