export function calledFunctions(): Set<number>;
export function withCallees(wasm: Uint8Array, functions: Iterable<number>): Set<number>;
