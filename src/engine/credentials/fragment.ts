/** Credentials of one fragment of a stream, by the manifest of its init segment. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import { bytesSource } from '../bytes/bytes-source';
import { layoutOf } from '../bytes/layout';
import { leadsNowhere, manifestBox } from './manifest-box';
import type { CredentialsReader } from './reader';

type Bytes = Uint8Array<ArrayBuffer>;

/** @throws {EngineFailure} */
export async function readFragment(
  init: Bytes,
  fragment: Bytes,
  reader: CredentialsReader,
  signal: AbortSignal,
): Promise<Credentials> {
  const source = bytesSource(init);
  const layout = await layoutOf(source, signal);
  const box = await manifestBox(source, layout, signal);
  if (box === null) return emptyCredentials('unverified', 'stream');
  if (leadsNowhere(box, layout)) return emptyCredentials('malformed');
  return await reader.judge({
    format: 'video/mp4',
    bytes: init,
    fragment,
    jumbf: box.jumbf,
    claim: await reader.claim(box.jumbf),
    completeness: { whole: true, hasC2pa: true, hasMedia: true },
  });
}
