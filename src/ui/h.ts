/** Makes elements by DOM calls only: works under Trusted Types, and no string ever becomes markup. Buttons never submit. */
type Child = Node | string | null | undefined | false;

export interface Props {
  class?: string;
  /** Strings become attributes; true an empty one; false, null and undefined none. */
  attrs?: Record<string, string | number | boolean | null | undefined>;
  on?: Partial<Record<keyof HTMLElementEventMap, (event: Event) => void>>;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (element instanceof HTMLButtonElement) element.type = 'button';
  if (props.class !== undefined) element.className = props.class;
  for (const [key, value] of Object.entries(props.attrs ?? {})) {
    if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, String(value));
  }
  for (const [type, listener] of Object.entries(props.on ?? {})) element.addEventListener(type, listener);
  fill(element, ...children);
  return element;
}

/** Replaces what is inside an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child) => child != null && child !== false));
}

const SVG = 'http://www.w3.org/2000/svg';

/** A picture of one path, in the colour of the text around it; decoration only. */
export function picture(path: string, size = 16): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('width', String(size));
  svg.setAttribute('height', String(size));
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  shape.setAttribute('fill', 'currentColor');
  shape.setAttribute('fill-rule', 'evenodd');
  svg.append(shape);
  return svg;
}
