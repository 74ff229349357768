// The library in a real browser: the same bytes as in Node.
import chromium from '@sparticuz/chromium';
import { type BuildResult, build } from 'esbuild';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { ROOT } from '../helpers/sources.ts';
import { type Case, cases } from './scenarios.ts';

/** What the bundle leaves in the page. */
type Library = { breakeven: typeof import('../../sim/index.ts') };

const bundled = (format: 'esm' | 'iife') =>
  build({
    absWorkingDir: ROOT,
    entryPoints: ['sim/index.ts'],
    bundle: true,
    platform: 'browser',
    format,
    globalName: 'breakeven',
    target: 'es2023',
    legalComments: 'none',
    metafile: true,
    write: false,
  });

const textOf = (bundle: BuildResult<{ write: false }>): string => bundle.outputFiles[0]!.text;

test.each(['esm', 'iife'] as const)('the bundle for browsers (%s) has nothing of Node', async (format) => {
  const bundle = await bundled(format);
  expect(bundle.warnings).toEqual([]);
  const imports = Object.values(bundle.metafile.outputs).flatMap((output) => output.imports);
  expect(imports).toEqual([]);
  const inputs = Object.keys(bundle.metafile.inputs);
  expect(inputs.filter((path) => /^(?:node:|\(disabled\))/.test(path))).toEqual([]);
  expect(inputs.filter((path) => !/^(?:sim|node_modules)\//.test(path))).toEqual([]);
  expect(textOf(bundle)).not.toMatch(/["'`]node:|\brequire\(["'`]/);
});

describe('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: [...chromium.args, '--no-sandbox'],
    });
    page = await browser.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent('<!doctype html><title>Breakeven</title>');
    await page.addScriptTag({ content: textOf(await bundled('iife')) });
  });

  afterAll(() => browser?.close());

  test.each(cases)('$name gives the bytes that Node gives', async ({ text, options }) => {
    const inPage = await page.evaluate(
      ({ text, options }: Pick<Case, 'text' | 'options'>) => {
        const { breakeven } = globalThis as unknown as Library;
        return JSON.stringify(breakeven.simulate(text, options));
      },
      { text, options },
    );
    const here = simulate(text, options);
    for (const [name, { requests }] of Object.entries(here.platforms)) {
      expect(requests.completed, name).toBeGreaterThan(1_000);
    }
    expect(inPage === JSON.stringify(here), 'the same bytes').toBe(true);
  });

  test('a bad scenario is told as in Node', async () => {
    const codes = await page.evaluate(() => {
      const { breakeven } = globalThis as unknown as Library;
      try {
        breakeven.simulate('version: 1\nworkload: { cpu: 100 }\n');
        return [];
      } catch (error) {
        if (!(error instanceof breakeven.ScenarioError)) throw error;
        return error.problems.map((problem) => problem.code);
      }
    });
    expect(codes).toEqual(['missing-key', 'missing-key', 'invalid-value']);
  });

  test('the library says nothing and asks the network for nothing', () => {
    expect(said).toEqual([]);
    expect(asked).toEqual([]);
  });
});
