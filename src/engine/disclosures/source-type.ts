/** IPTC `DigitalSourceType` and the AI fields of 2025.1, in XMP. Source: IPTC Photo and Video Metadata, Iptc4xmpExt. */
import type { Disclosure } from '../../contract/label';
import { sourceTypeSays } from '../../contract/source-types';
import { startOf } from '../../contract/start-of';
import type { FileFacts } from './facts';

const EXT = '{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}';
/** A longer one is cut. */
const MAX_VALUE = 500;
const AI_FIELDS = ['AISystemUsed', 'AISystemVersionUsed', 'AIPromptInformation', 'AIPromptWriterName'];

export function iptcSourceType({ xmp }: FileFacts): Disclosure[] {
  return xmp.flatMap(({ where, properties }) =>
    (properties.get(`${EXT}DigitalSourceType`) ?? []).flatMap((value) => {
      const says = sourceTypeSays(value);
      return says === 'nothing'
        ? []
        : [{ kind: 'iptc-source-type' as const, says, value: startOf(value, MAX_VALUE), where, by: 'file' as const }];
    }),
  );
}

const NONE =
  /^(none( used)?|no|nil|null|false|n ?a|not (applicable|used)|unused|(no|without) ai( (was )?used)?|keine?s?|aucune?|ningun[oa]|nessun[oa]|nenhuma?|无|無|なし|нет)?$/iu;
/** What stands between words, of any script. */
const GAPS = /[^\p{L}\p{N}]+/gu;

/** The field is there, and says that there is nothing to say. */
const isNone = (value: string): boolean => NONE.test(value.replace(GAPS, ' ').trim());

export function iptcAiFields({ xmp }: FileFacts): Disclosure[] {
  return xmp.flatMap(({ where, properties }) => {
    const found = AI_FIELDS.flatMap((field) => {
      const value = properties.get(EXT + field)?.find((v) => !isNone(v));
      return value === undefined ? [] : [`${field}: ${value}`];
    });
    if (found.length === 0) return [];
    return [
      {
        kind: 'iptc-ai' as const,
        says: 'ai-used' as const,
        value: startOf(found.join('; '), MAX_VALUE),
        where,
        by: 'file' as const,
      },
    ];
  });
}
