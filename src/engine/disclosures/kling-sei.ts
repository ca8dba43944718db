/** Kling's H.264 SEI message: UUID 91ca6061-4aee-3854-8614-2d5f73f4ae2e, payload `kling-ai`. */
import type { Disclosure } from '../../contract/label';
import { text } from '../bytes/bytes';
import type { FileFacts } from './facts';

const KLING_UUID = '91ca60614aee385486142d5f73f4ae2e';

export function klingSei({ sei }: FileFacts): Disclosure[] {
  return sei
    .filter(({ uuid, payload }) => uuid === KLING_UUID && text(payload).startsWith('kling-ai'))
    .slice(0, 1)
    .map(() => ({ kind: 'kling-sei', says: 'ai-generated', value: 'kling-ai', where: 'SEI', by: 'file' }) as const);
}
