// Bundles the library, the command and its worker into dist/. Dependencies stay outside the bundles.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { index: 'sim/index.ts', cli: 'cli/main.ts', worker: 'cli/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  // Beside the entries: code finds the worker and scenarios/ relative to the chunk that it ends up in.
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  sourcemap: true,
});
chmodSync('dist/cli.js', 0o755);
