/**
 * Tools for the page's own world, made of natives that are taken before the page can change them. Nothing
 * of the page's is iterated or asked by name: it could watch that.
 */
export const { apply } = Reflect;

export type Getter = (this: unknown) => unknown;
export const getter = (proto: object, name: PropertyKey): Getter =>
  Object.getOwnPropertyDescriptor(proto, name)?.get as Getter;

/** Has a native followed by a note of ours, which the page must never notice, whatever becomes of it. */
export function follow(owner: object, name: string, note: (self: object, arg: unknown, out: unknown) => void): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  methods[name] = new Proxy(methods[name] as () => unknown, {
    apply(target, self: object, args: unknown[]) {
      const out = apply(target, self, args);
      try {
        note(self, args[0], out);
      } catch {
        // not for us
      }
      return out;
    },
  });
}
