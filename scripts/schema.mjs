/** `npm run schema`: writes docs/label.schema.json from the label's own schema. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, ensurePackages } from './setup.mjs';

readArguments();
ensurePackages();
const { createServer } = await import('vite');
const server = await createServer({
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false },
  optimizeDeps: { noDiscovery: true, include: [] },
});
try {
  const { labelJsonSchema } = await server.ssrLoadModule('/test/repo/label-json-schema.ts');
  writeFileSync(join(ROOT, 'docs/label.schema.json'), labelJsonSchema());
} finally {
  await server.close();
}
