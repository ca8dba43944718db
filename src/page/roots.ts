/** The shadow roots that are known; those that the page let go are forgotten. */
export interface Roots {
  /** @returns false for one that was known */
  add(root: ShadowRoot): boolean;
  all(): ShadowRoot[];
}

export function knownRoots(): Roots {
  const known = new WeakSet<ShadowRoot>();
  let refs: WeakRef<ShadowRoot>[] = [];
  return {
    add: (root) => {
      if (known.has(root)) return false;
      known.add(root);
      refs.push(new WeakRef(root));
      return true;
    },
    all: () => {
      const all: ShadowRoot[] = [];
      refs = refs.filter((ref) => {
        const root = ref.deref();
        if (root !== undefined) all.push(root);
        return root !== undefined;
      });
      return all;
    },
  };
}
