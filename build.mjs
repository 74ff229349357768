// Bundles the library and the command into dist/. The library leaves its dependencies to who bundles or runs
// it; the command brings most along: finding and loading their files one by one is a third of its start.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Some libraries inside are CommonJS and ask for Node's modules. */
const REQUIRE =
  "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);";

const common = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
};

rmSync('dist', { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { index: 'sim/index.ts' },
  platform: 'neutral',
  packages: 'external',
  // Names stay, for those who look for a fault.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
});
await build({
  ...common,
  entryPoints: { cli: 'cli/main.ts', worker: 'cli/worker.ts' },
  platform: 'node',
  splitting: true,
  // Beside the entries: code finds the worker and scenarios/ relative to the chunk that it ends up in.
  chunkNames: '[name]-[hash]',
  // These bring files of their own that they look for.
  external: ['d3-node', 'tinypool'],
  minify: true,
  legalComments: 'linked',
  banner: { js: REQUIRE },
});
chmodSync('dist/cli.js', 0o755);
