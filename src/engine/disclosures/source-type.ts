/** IPTC `DigitalSourceType` and the AI fields of 2025.1, in XMP. Source: IPTC Photo and Video Metadata, Iptc4xmpExt. */
import type { Disclosure, DisclosureSays } from '../../contract/label';
import type { FileFacts } from './facts';

const EXT = '{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}';
const AI_FIELDS = ['AISystemUsed', 'AISystemVersionUsed', 'AIPromptInformation', 'AIPromptWriterName'];

const SAYS: Record<string, DisclosureSays> = {
  trainedAlgorithmicMedia: 'ai-generated',
  compositeWithTrainedAlgorithmicMedia: 'ai-edited',
  compositeSynthetic: 'ai-edited',
  digitalCapture: 'captured',
  computationalCapture: 'captured',
  algorithmicMedia: 'made-without-ai',
  digitalCreation: 'made-without-ai',
  digitalArt: 'made-without-ai',
  screenCapture: 'made-without-ai',
};

function sourceTypeSays(value: string): DisclosureSays | null {
  const name = /^(?:https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/)?(\w+)$/.exec(value.trim())?.[1] ?? '';
  return Object.hasOwn(SAYS, name) ? (SAYS[name] ?? null) : null;
}

export function iptcSourceType({ xmp }: FileFacts): Disclosure[] {
  return xmp.flatMap(({ where, properties }) =>
    (properties.get(`${EXT}DigitalSourceType`) ?? []).flatMap((value) => {
      const says = sourceTypeSays(value);
      return says === null ? [] : [{ kind: 'iptc-source-type' as const, says, value, where, by: 'file' as const }];
    }),
  );
}

export function iptcAiFields({ xmp }: FileFacts): Disclosure[] {
  return xmp.flatMap(({ where, properties }) => {
    const found = AI_FIELDS.flatMap((field) => {
      const value = properties.get(EXT + field)?.find((v) => v.trim() !== '');
      return value === undefined ? [] : [`${field}: ${value}`];
    });
    if (found.length === 0) return [];
    return [
      {
        kind: 'iptc-ai' as const,
        says: 'ai-used' as const,
        value: found.join('; ').slice(0, 500),
        where,
        by: 'file' as const,
      },
    ];
  });
}
