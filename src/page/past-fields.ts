/**
 * Asks elements that may be forms: a form's own fields stand in for whatever is asked of it by their names, so that a
 * page could have us walk in circles, or stop where we are.
 */
type Ancestor = Element | DocumentFragment | Document | null;

export const boxOf = (element: Element): DOMRect => Element.prototype.getBoundingClientRect.call(element);

/** The slot that an element is shown in. */
export const slotOf = (element: Element): Element | null =>
  Reflect.get(Element.prototype, 'assignedSlot', element) as Element | null;

export const parentNodeOf = (node: Element): Ancestor => Reflect.get(Node.prototype, 'parentNode', node) as Ancestor;
