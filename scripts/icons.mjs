/**
 * `npm run icons`: draws icons/assay.svg at all sizes with Chromium, and stamps them with the
 * drawing's hash (a test compares it, so that no icon is older than its drawing).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, ensurePackages, ensurePrograms } from './setup.mjs';

const SIZES = [16, 32, 48, 96, 128];

readArguments();
ensurePackages();
ensurePrograms(['chromium']);
const { default: puppeteer } = await import('puppeteer-core');
const svg = readFileSync(join(ROOT, 'icons/assay.svg'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.ASSAY_CHROMIUM || '/usr/bin/chromium',
  headless: true,
  pipe: true,
  args: ['--no-sandbox', '--disable-background-networking', '--force-color-profile=srgb', '--disable-gpu'],
});
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    const png = await page.screenshot({ type: 'png', omitBackground: true });
    writeFileSync(join(ROOT, `icons/${String(size)}.png`), png);
  }
} finally {
  await browser.close();
}
writeFileSync(join(ROOT, 'icons/assay.svg.sha256'), `${createHash('sha256').update(svg).digest('hex')}\n`);
