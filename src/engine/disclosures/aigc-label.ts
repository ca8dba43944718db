/**
 * The implicit AIGC label of GB 45438-2025 (TC260-PG-20257A): JSON with `Label`, `ContentProducer`, `ProduceID`
 * (Tencent: `ServiceProvider`), bare or wrapped in `{"AIGC": …}`, in a named field or an XMP property.
 */
import type { Disclosure, DisclosureSays } from '../../contract/label';
import { startOf } from '../../contract/start-of';
import { isRecord, parseJson } from './facts';
import type { FileFacts } from './facts';

const TC260 = '{http://www.tc260.org.cn/ns/AIGC/1.0/}AIGC';
/** Some write the prefix and forget to declare it: no name that binds, so the JSON has to be beyond doubt. */
const TC260_UNDECLARED = '{TC260:}AIGC';
/** Names under which the JSON stands bare; elsewhere it must be wrapped. */
const AIGC_KEYS = ['AIGC', 'aigc'];
const PRODUCER = ['ContentProducer', 'ServiceProvider', 'ProduceID'];
const LABELS: Record<string, DisclosureSays> = { '1': 'ai-generated', '2': 'possibly-ai', '3': 'possibly-ai' };

const asString = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function inner(text: string): { json: Record<string, unknown>; named: boolean } | null {
  const prefixed = /^\s*AIGC\s*=/.test(text);
  const parsed = parseJson(text.replace(/^\s*AIGC\s*=/, ''));
  if (!isRecord(parsed)) return null;
  if (isRecord(parsed['AIGC'])) return { json: parsed['AIGC'], named: true };
  if (typeof parsed['AIGC'] === 'string') {
    const again = parseJson(parsed['AIGC']);
    return isRecord(again) ? { json: again, named: true } : null;
  }
  return { json: parsed, named: prefixed };
}

/**
 * @param named the field's own name says AIGC; a nameless or foreign field needs both a label and a producer
 */
function read(text: string, named: boolean): { says: DisclosureSays; value: string } | null {
  const found = inner(text);
  if (found === null) return null;
  const label = asString(found.json['Label']);
  const producer = PRODUCER.map((key) => asString(found.json[key])).find((v) => v !== '') ?? '';
  const sure = named || found.named;
  if (sure ? label === '' && producer === '' : label === '' || producer === '') return null;
  const says = label === '' ? 'ai-generated' : Object.hasOwn(LABELS, label) ? LABELS[label] : undefined;
  if (says === undefined) return null;
  return { says, value: startOf(`Label ${label || '?'}${producer === '' ? '' : `, ${producer}`}`, 300) };
}

export function aigcLabel({ items, xmp }: FileFacts): Disclosure[] {
  const texts = [
    ...items.map(({ where, key, value }) => ({ where, value, named: AIGC_KEYS.includes(key) })),
    ...xmp.flatMap(({ where, properties }) =>
      [TC260, TC260_UNDECLARED].flatMap((name) =>
        (properties.get(name) ?? []).map((value) => ({ where, value, named: name === TC260 })),
      ),
    ),
  ];
  return texts.flatMap(({ where, value, named }) => {
    const found = read(value, named);
    return found === null ? [] : [{ kind: 'aigc-label' as const, ...found, where, by: 'file' as const }];
  });
}
