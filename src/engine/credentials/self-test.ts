/**
 * The verifier's self-test: one wrong line in the settings trusts strangers or nobody, and the SDK
 * says nothing of it. A bundled signed sample must be a stranger's without its root, and trusted with it.
 */
import type { Credentials } from '../../contract/label';
import { blobSource } from '../bytes/blob-source';
import { readCredentials } from './read';
import type { CredentialsReader } from './reader';

async function read(sample: Blob, reader: CredentialsReader): Promise<Credentials> {
  return await readCredentials(blobSource(sample, 'sample'), () => Promise.resolve(reader), {
    limitBytes: sample.size,
    signal: new AbortController().signal,
    onStatement: () => undefined,
    onProgress: () => undefined,
    onVerify: () => undefined,
  });
}

/**
 * @param withRoot a reader that has the sample's root as the user's anchor
 * @param reader the reader that will be used
 * @returns what is wrong, or null
 */
export async function selfTest(
  sample: Blob,
  withRoot: CredentialsReader,
  reader: CredentialsReader,
): Promise<string | null> {
  const trusted = await read(sample, withRoot);
  if (trusted.state !== 'trusted-user' || trusted.says !== 'ai-generated')
    return `sample with its root: ${trusted.state}`;
  const stranger = await read(sample, reader);
  return stranger.state === 'unrecognised' && stranger.reason === 'untrusted' ? null : `sample: ${stranger.state}`;
}
