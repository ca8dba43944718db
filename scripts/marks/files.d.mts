export function marksFiles(root?: string): Record<'detect.onnx' | 'read.onnx' | 'signs.txt', Uint8Array>;
