/** Makes elements by DOM calls only: works under Trusted Types, and no string ever becomes markup. Buttons never submit. */
import { htmlElement } from '../platform/html-element';

type Child = Node | string | null | undefined | false;

/** A class name alone; or attributes (true an empty one; false, null and undefined none) and listeners. */
export type Props = string | Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = htmlElement(name);
  if (element instanceof HTMLButtonElement) element.type = 'button';
  for (const [key, value] of Object.entries(typeof props === 'string' ? { class: props } : props)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? '' : `${value}`);
  }
  fill(element, ...children);
  return element;
}

/** Replaces what is inside an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child) => child != null && child !== false));
}

const SVG = 'http://www.w3.org/2000/svg';

/** A picture of one path, in the colour of the text around it; decoration only. */
export function picture(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  const set = (element: Element, attributes: Record<string, string>): void => {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  };
  set(svg, { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' });
  set(shape, { d: path, fill: 'currentColor', 'fill-rule': 'evenodd' });
  svg.append(shape);
  return svg;
}
