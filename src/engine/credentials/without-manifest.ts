/** What a file without a C2PA box is: no credentials, a link to them, or nothing that could hold any. */
import type { Credentials } from '../../contract/label';
import { emptyCredentials } from '../../contract/lanes';
import type { Layout } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import { hostOf } from './classify';
import { manifestLink } from './remote';

/** A file in whose walk one of these was met is a video. */
const MEDIA_BOXES = ['moov', 'moof', 'mdat'];

/** @throws {BytesError} when bytes can't be had */
export async function withoutManifest(source: ByteSource, layout: Layout, signal: AbortSignal): Promise<Credentials> {
  switch (layout.container) {
    case 'playlist':
      return emptyCredentials('streamed');
    case 'matroska':
    case 'flv':
    case 'other-media':
      return emptyCredentials('unsupported', 'container');
    case 'not-media': {
      const isPage = /^(text|application\/(json|xml|xhtml))/.test(source.contentType() ?? '');
      return emptyCredentials(isPage ? 'unreachable' : 'unsupported', 'not-media');
    }
    case 'avi':
    case 'bmff': {
      const link = await manifestLink(source, layout, signal);
      if (link !== null) return { ...emptyCredentials('remote'), detail: hostOf(link) };
      if (layout.end === 'partial') return emptyCredentials('unverified', 'partial');
      const isVideo = layout.container === 'avi' || layout.boxes.some((b) => MEDIA_BOXES.includes(b.type));
      // A few boxes and then something else, or nothing: what a page in place of a video can look like.
      return isVideo ? emptyCredentials('none') : emptyCredentials('unsupported', 'not-media');
    }
  }
}
