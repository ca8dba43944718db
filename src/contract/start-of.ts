/** The start of a text, at most so many UTF-16 units long: never with half of a sign at its end, which no UTF-8 can hold. */
export const startOf = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
