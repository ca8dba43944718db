export function bodies(wasm: Uint8Array): Uint8Array[];
export function importedFunctions(wasm: Uint8Array): number;
export function exportedFunctions(wasm: Uint8Array): number[];
export function withoutFunctions(wasm: Uint8Array, keeps: (index: number) => boolean): Uint8Array<ArrayBuffer>;
