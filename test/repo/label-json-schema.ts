/** The JSON Schema of the label, generated from the schema that the code itself uses. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { labelSchema } from '../../src/contract/label';

/** Text of `docs/label.schema.json`. */
export function labelJsonSchema(): string {
  const schema = toJsonSchema(labelSchema, { typeMode: 'output' });
  return (
    JSON.stringify({ title: 'assay-label/1', description: "Assay's label of one video", ...schema }, null, 2) + '\n'
  );
}
