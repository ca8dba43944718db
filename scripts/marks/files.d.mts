type Files<Name extends string> = Record<Name, Uint8Array>;
export function peerFiles(root?: string): Files<'detect.onnx' | 'read.onnx' | 'signs.txt'>;
export function marksFiles(root?: string): Files<'detect.onnx' | 'read.onnx' | 'signs.txt' | 'sign.onnx'>;
