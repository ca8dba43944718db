/** Name of the one event by which the two content scripts of a frame meet. */
export const HANDSHAKE = 'assay-hook';

/** Events at the line between them: a root outside of any other; how those inside are told; the channel of streams. */
export const ROOT = 'root';
export const NAME = 'name';
export const PORT = 'port';
