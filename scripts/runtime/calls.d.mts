export function directCalls(body: Uint8Array): Set<number>;
