/** Name of the one event by which the two content scripts of a frame meet. */
export const HANDSHAKE = 'assay-hook';
