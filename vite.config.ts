/// <reference types="vitest/config" />
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';
import { peerFiles } from './scripts/marks/files.mjs';
import { slimRuntime } from './scripts/runtime/slim.mjs';

const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

/** WebAssembly that ships beside the scripts, each exactly once. */
const wasmFiles = (): Record<string, Uint8Array> => ({
  'wasm/c2pa.wasm': readFileSync('node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm'),
  'wasm/ort-wasm-simd-threaded.wasm': slimRuntime(),
});

const ICONS = [16, 32, 48, 96, 128];

/** One manifest.json for both browsers; what one of them doesn't know is left out here. */
function manifestFor(browser: string): string {
  const m = JSON.parse(readFileSync('manifest.json', 'utf8')) as Record<string, unknown>;
  const background = m['background'] as Record<string, unknown>;
  m['version'] = version;
  if (browser === 'firefox') {
    delete background['service_worker'];
    delete m['incognito'];
    delete m['minimum_chrome_version'];
    delete m['storage'];
    m['permissions'] = (m['permissions'] as string[]).filter((p) => p !== 'offscreen');
  } else {
    delete background['scripts'];
    delete m['browser_specific_settings'];
  }
  return JSON.stringify(m, null, 2) + '\n';
}

const packageFiles = (browser: string): Plugin => ({
  name: 'package-files',
  applyToEnvironment: (env) => env.name === 'client',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'manifest.json', source: manifestFor(browser) });
    for (const [fileName, source] of Object.entries(wasmFiles())) {
      this.emitFile({ type: 'asset', fileName, source });
    }
    for (const [name, source] of Object.entries(peerFiles())) {
      this.emitFile({ type: 'asset', fileName: `marks/${name}`, source });
    }
    for (const size of ICONS) {
      const fileName = `icons/${String(size)}.png`;
      this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName) });
    }
  },
});

/**
 * The libraries name their wasm relative to themselves, which would make the bundler ship a second
 * copy under another name. The engine hands the module over, so the reference is never followed.
 */
const noSecondWasm: Plugin = {
  name: 'no-second-wasm',
  transform(code, id) {
    if (!/onnxruntime-web|c2pa-wasm/.test(id)) return undefined;
    const own = code
      .replaceAll(
        'new URL("ort-wasm-simd-threaded.wasm",import.meta.url)',
        'new URL("/wasm/ort-wasm-simd-threaded.wasm",self.location.href)',
      )
      .replaceAll("new URL('c2pa_bg.wasm', import.meta.url)", "new URL('/wasm/c2pa.wasm', self.location.href)");
    return own === code ? undefined : { code: own, map: null };
  },
};

/** Scripts in the isolated world of pages; environments of the same names build them. */
const CONTENT_SCRIPTS = ['page', 'videos', 'panel', 'rows', 'streams', 'sites', 'asked'];

/**
 * Content scripts are charged to every page, and need nothing that the polyfill adds: they take the browser's own
 * promise-based API in its place. The script of every frame asks for it at its first use only, since a browser may
 * only then build it up, and uses no more of it than `runtime`.
 */
const nativeApiInPages = (browser: string): Plugin => ({
  name: 'native-api-in-pages',
  enforce: 'pre',
  applyToEnvironment: (env) => CONTENT_SCRIPTS.includes(env.name),
  resolveId: (id) => (id === 'webextension-polyfill' ? '\0native-api' : undefined),
  load(id) {
    if (id !== '\0native-api') return undefined;
    const api = browser === 'firefox' ? 'browser' : 'chrome';
    return `export default ${this.environment.name === 'page' ? `{ get runtime() { return ${api}.runtime; } }` : api};`;
  },
});

/** Natives that the hook follows throw through it: a page would read the extension's address in what they throw. */
const HOOK_NAME = '//# sourceURL=<anonymous>';

/** Content scripts are charged to every page: what one minifier leaves of them, a second one makes smaller. */
const minifyTwice: Plugin = {
  name: 'minify-twice',
  applyToEnvironment: (env) => env.name === 'hook' || CONTENT_SCRIPTS.includes(env.name),
  async generateBundle(_, bundle) {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      const { code } = await minify(output.code, {
        ecma: 2020,
        toplevel: true,
        compress: { passes: 10, unsafe_arrows: true, unsafe_methods: true, hoist_funs: true },
      });
      if (code !== undefined) output.code = this.environment.name === 'hook' ? code + HOOK_NAME : code;
    }
  },
};

/** Notes which libraries went into the package, for THIRD_PARTY.md and its test. */
const bundledLibraries = (browser: string): Plugin => ({
  name: 'bundled-libraries',
  generateBundle(_, bundle) {
    if (this.environment.name === 'cli') return;
    const file = `dist/bundled-${browser}.json`;
    // Each environment has a plugin of its own; the first one begins the list.
    const found = new Set(
      this.environment.name === 'client' ? [] : (JSON.parse(readFileSync(file, 'utf8')) as string[]),
    );
    for (const output of Object.values(bundle)) {
      for (const id of output.type === 'chunk' ? output.moduleIds : []) {
        const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
        if (name !== undefined) found.add(name);
      }
    }
    mkdirSync('dist', { recursive: true });
    writeFileSync(file, JSON.stringify([...found].sort(), null, 2));
  },
});

const entry = (name: string): string => resolve(`src/entries/${name}.ts`);

/** A content script is one file without imports; each gets an environment of its own. */
const contentScript = (name: string, outDir: string) => ({
  consumer: 'client' as const,
  build: {
    outDir,
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2023',
    rollupOptions: {
      input: { [name]: entry(name) },
      // Constants are written out where they are used: a variable costs its name in all these places, and once more.
      optimization: { inlineConst: { mode: 'all' as const } },
      output: { format: 'iife' as const, entryFileNames: '[name].js', topLevelVar: false },
    },
  },
});

/**
 * Rings in real browsers: several files at a time, since they wait more than they work, and a second try, since a busy
 * machine can starve a whole browser.
 */
const browserRing = { maxWorkers: 3, retry: 1 };

/** The environments of one package, in the order in which they are built. */
const PACKAGE = ['client', 'hook', ...CONTENT_SCRIPTS];
const MODULES = [
  'background',
  'engine',
  'bytes-worker',
  'pixels-worker',
  'popup',
  'options',
  'welcome',
  'label-page',
  'report',
  'wrong-label',
];

export default defineConfig(({ mode }) => {
  const outDir = `dist/${mode}`;
  return {
    define: { __BROWSER__: JSON.stringify(mode), __VERSION__: JSON.stringify(version) },
    plugins: [packageFiles(mode), noSecondWasm, nativeApiInPages(mode), minifyTwice, bundledLibraries(mode)],
    environments: {
      client: {
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2023',
          modulePreload: false,
          rollupOptions: {
            input: Object.fromEntries(MODULES.map((name) => [name, entry(name)])),
            output: {
              entryFileNames: '[name].js',
              chunkFileNames: 'chunks/[name].js',
              assetFileNames: '[name][extname]',
            },
          },
        },
      },
      page: contentScript('page', outDir),
      videos: contentScript('videos', outDir),
      panel: contentScript('panel', outDir),
      rows: contentScript('rows', outDir),
      streams: contentScript('streams', outDir),
      sites: contentScript('sites', outDir),
      asked: contentScript('asked', outDir),
      hook: contentScript('page-hook', outDir),
      cli: {
        consumer: 'server',
        build: {
          outDir: 'dist/cli',
          emptyOutDir: true,
          copyPublicDir: false,
          target: 'node20',
          rollupOptions: {
            input: { cli: resolve('src/cli/main.ts') },
            external: [/^node:/, ...builtinModules, 'puppeteer-core', 'ws'],
            output: { entryFileNames: '[name].mjs' },
          },
        },
      },
    },
    builder: {
      async buildApp(builder) {
        const names = mode === 'firefox' ? PACKAGE : ['cli', ...PACKAGE];
        for (const name of names) {
          const environment = builder.environments[name];
          if (environment !== undefined) await builder.build(environment);
        }
      },
    },
    test: {
      projects: [
        { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
        {
          extends: true,
          test: { name: 'engine', include: ['test/engine/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
        },
        {
          extends: true,
          test: {
            name: 'component',
            include: ['test/component/**/*.test.ts'],
            testTimeout: 60_000,
            hookTimeout: 120_000,
            ...browserRing,
          },
        },
        {
          extends: true,
          test: {
            name: 'e2e',
            include: ['test/e2e/**/*.test.ts'],
            testTimeout: 120_000,
            hookTimeout: 180_000,
            ...browserRing,
          },
        },
        { extends: true, test: { name: 'repo', include: ['test/repo/**/*.test.ts'], testTimeout: 120_000 } },
      ],
    },
  };
});
