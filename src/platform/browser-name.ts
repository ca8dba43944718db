/**
 * Name and major version of the browser, for the label.
 * @param userAgent `navigator.userAgent`
 * @returns for example `chromium 156`, `firefox 153`
 */
export function browserName(userAgent: string): string {
  const firefox = /Firefox\/(\d+)/.exec(userAgent);
  if (firefox !== null) return `firefox ${firefox[1] ?? ''}`;
  const chromium = /Chrom(?:e|ium)\/(\d+)/.exec(userAgent);
  return chromium === null ? 'unknown' : `chromium ${chromium[1] ?? ''}`;
}
