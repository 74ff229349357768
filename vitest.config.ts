import { defineConfig } from 'vitest/config';

/** Tests of what is shipped: they need dist/, which `built` sees to. The others run the sources. */
const ofBuild = ['test/cli/**/*.test.ts', 'test/package/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['sim/**', 'reports/**', 'cli/**'] },
    projects: [
      { extends: true, test: { name: 'sources', include: ['test/**/*.test.ts'], exclude: ofBuild } },
      {
        extends: true,
        test: { name: 'built', include: ofBuild, globalSetup: ['test/helpers/build.ts'] },
      },
    ],
  },
});
