/** The disclosures lane: what the file says about itself without a signature. */
import type { Disclosure } from '../../contract/label';
import { frugalSource } from '../bytes/frugal-source';
import { layoutOf } from '../bytes/layout';
import type { ByteSource } from '../bytes/source';
import { xmpPackets } from '../bytes/xmp-packets';
import { aigcLabel } from './aigc-label';
import { comfyUi } from './comfyui';
import type { FileFacts } from './facts';
import { flvItems } from './flv-items';
import { klingSei } from './kling-sei';
import { matroskaItems } from './matroska-items';
import { bmffItems } from './bmff-items';
import { riffItems } from './riff-items';
import { seiMessages } from './sei';
import { iptcAiFields, iptcSourceType } from './source-type';

/** The registry: one reader a statement. A new one is one file and one line here. */
const READERS: ((facts: FileFacts) => Disclosure[])[] = [iptcSourceType, iptcAiFields, aigcLabel, comfyUi, klingSei];

async function factsOf(file: ByteSource, signal: AbortSignal): Promise<FileFacts> {
  const frugal = frugalSource(file);
  const { source } = frugal;
  const layout = await layoutOf(source, signal);
  switch (layout.container) {
    case 'bmff':
      return {
        items: await bmffItems(source, layout, signal),
        xmp: await xmpPackets(source, layout, signal),
        sei: await seiMessages(frugal, layout, signal),
      };
    case 'avi':
      return { items: await riffItems(source, layout, signal), xmp: await xmpPackets(source, layout, signal), sei: [] };
    case 'matroska':
      return { items: await matroskaItems(source, signal), xmp: [], sei: [] };
    case 'flv':
      return { items: await flvItems(source, signal), xmp: [], sei: [] };
    default:
      return { items: [], xmp: [], sei: [] };
  }
}

/** Statements of a file. Never throws: what can't be read says nothing, and silences nothing else. */
export async function readDisclosures(source: ByteSource, signal: AbortSignal): Promise<Disclosure[]> {
  const facts = await factsOf(source, signal).catch(() => null);
  if (facts === null) return [];
  return READERS.flatMap((reader) => {
    try {
      return reader(facts);
    } catch {
      return [];
    }
  });
}
