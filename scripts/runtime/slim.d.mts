export function wholeRuntime(root?: string): Uint8Array<ArrayBuffer>;
export function keptFunctions(whole: Uint8Array, root?: string): (index: number) => boolean;
export function slimRuntime(root?: string): Uint8Array<ArrayBuffer>;
