/** The JSON Schema of the label, generated from the schema that the code itself uses. */
import { toJsonSchema } from '@valibot/to-json-schema';
import messages from '../../public/_locales/en/messages.json';
import { labelSchema } from '../../src/contract/label';

const texts: Record<string, { message: string } | undefined> = messages;

/** The codes of these have sentences of their own on the surfaces: the same ones explain them here. */
const SENTENCES: Record<string, string> = {
  'credentials.state': 'explain_',
  'credentials.reason': 'reason_',
  'estimate.reason': 'reason_',
  'estimate.band': 'explain_band_',
};

interface Node {
  description?: string;
  enum?: string[];
  anyOf?: Node[];
  properties?: Record<string, Node>;
}

function explain(root: Node, path: string, prefix: string): void {
  const node = path.split('.').reduce<Node | undefined>((at, name) => at?.properties?.[name], root);
  const codes = node?.enum ?? node?.anyOf?.flatMap((part) => part.enum ?? []) ?? [];
  if (node === undefined || codes.length === 0) throw new Error(`${path}: no list of codes`);
  const lines = codes.map((code) => {
    const message = texts[prefix + code.replaceAll('-', '_')]?.message;
    if (message === undefined) throw new Error(`${path}: nothing explains ${code}`);
    return `${code}: ${message}`;
  });
  node.description = [node.description, ...lines].join('\n');
}

/** Text of `docs/label.schema.json`. */
export function labelJsonSchema(): string {
  const schema = toJsonSchema(labelSchema, { typeMode: 'output' });
  for (const [path, prefix] of Object.entries(SENTENCES)) explain(schema as Node, path, prefix);
  return (
    JSON.stringify({ title: 'assay-label/1', description: "Assay's label of one video", ...schema }, null, 2) + '\n'
  );
}
