import { readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { charts, dark, light, type Theme } from '../../../reports/charts/index.ts';
import type { Result } from '../../../sim/result/result.ts';
import { hostileNames, makeResult, withNothingCompleted } from '../fixtures.ts';

const NAMES = ['lambda', 'asg', 'fargate', 'eks', 'lambda-3008', 'spot-fleet', 'ecs-on-ec2', 'karpenter'];
const three = makeResult({ names: NAMES.slice(0, 3) });

const gallery: readonly (readonly [string, Result, Theme])[] = [
  ['three', three, light],
  ['three-dark', three, dark],
  ['eight', makeResult({ names: NAMES }), light],
  ['hostile', makeResult({ names: hostileNames }), light],
  ['nothing', withNothingCompleted(three), light],
];

const snapshots = new URL('../snapshots/', import.meta.url);

/** The gallery is for eyes: look at a `-changed.svg` beside its original, then rename it if it is right. */
describe.each(gallery)('the gallery of %s', (name, result, theme) => {
  it.each(charts.map((chart) => chart.name))('%s looks as it did', async (chartName) => {
    const chart = charts.find((each) => each.name === chartName)!;
    const drawn = chart.render(result, theme);
    const known = await readFile(new URL(`${chartName}-${name}.svg`, snapshots), 'utf8').catch(() => '');
    const changed = new URL(`${chartName}-${name}-changed.svg`, snapshots);
    if (drawn === known) await rm(changed, { force: true });
    else await writeFile(changed, drawn);
    expect(drawn === known, `compare ${chartName}-${name}-changed.svg with ${chartName}-${name}.svg`).toBe(
      true,
    );
  });
});
