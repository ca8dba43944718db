/** What a document makes by name alone are HTML elements only where it is an HTML document (not SVG, not XML). */
export const htmlElement = <K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] =>
  document.createElementNS('http://www.w3.org/1999/xhtml', name) as HTMLElementTagNameMap[K];
