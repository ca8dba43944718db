/** How memory is given back; for workers, which have no API of the extension. */
declare const __BROWSER__: 'chrome' | 'firefox';

/** Whether `ArrayBuffer.transfer(0)` frees bytes that a Blob gave. In Chromium they go only with a message. */
export const TRANSFER_FREES_BLOBS = __BROWSER__ === 'firefox';

/** WebCrypto copies what it digests; in Chromium that memory comes back late, and would be on top of all else. */
export const DIGEST_FREES_ITS_COPY = __BROWSER__ === 'firefox';
