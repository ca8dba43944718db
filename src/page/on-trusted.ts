/**
 * Runs at events that the browser itself tells of: a page can make up any event of its elements, as often as it likes,
 * and what it makes up says nothing about what its video does.
 * @param names with a space between them
 */
export function onTrusted(
  target: EventTarget,
  names: string,
  signal: AbortSignal,
  run: () => void,
  capture = false,
): void {
  const hear = ({ isTrusted }: Event): void => {
    if (isTrusted) run();
  };
  for (const name of names.split(' ')) target.addEventListener(name, hear, { signal, capture });
}
