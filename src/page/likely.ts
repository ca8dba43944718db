/** Which elements are worth asking for a shadow root. */

/** Elements that can host a shadow root besides custom elements. Written out: every page bears what is worked out here. */
export const PLAIN_HOSTS = 'div,section,article,main,aside,header,footer,nav,p,span,h1,h2,h3,h4,h5,h6,blockquote,body';
/** The rest of what pages mostly consist of. */
const COMMON = 'a,b,br,button,i,img,input,li,link,meta,script,style,svg,td,tr,ul';
/**
 * What is worth a look, picked by the browser itself, since looking at each element costs ten times as much:
 * custom elements, and plain ones without any content besides a root that came with the markup. Plain hosts that
 * have some are left to the slow walk; roots that scripts attach are told by the hook. (`:has(*)` would take Chromium
 * the square of the number of siblings: four seconds for 40,000 of them.)
 */
export const LIKELY = `:not(:is(${PLAIN_HOSTS},${COMMON})),:is(${PLAIN_HOSTS}):not(:has(> :first-child))`;
