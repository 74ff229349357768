import { describe, expect, it } from 'vitest';
import { renderProblem } from '../../sim/problems/render.ts';
import { EVERY_KEY, goodScenario, refusal, small } from './fixtures.ts';

const set = (path: string, value: string) => [{ path, value }];

describe('edits of the command line', () => {
  it('replace values before they are checked', () => {
    const scenario = goodScenario(EVERY_KEY, [
      { path: 'platforms.lambda.memorySize', value: '512' },
      { path: 'platforms.lambda.architectures', value: '[x86_64]' },
      { path: 'traffic.uploads.stages[1].target', value: '50/s' },
      { path: 'thresholds.cost[0]', value: 'month<$100' },
      { path: 'billing.prices."ec2.instance.c7g.large"', value: '$0.07/h' },
    ]);
    expect(scenario.platforms.lambda).toMatchObject({ memorySize: 512, architectures: ['x86_64'] });
    expect(scenario.traffic.uploads).toMatchObject({
      stages: [{ target: '5/s' }, { target: '50/s' }, { target: '30/s' }],
    });
    expect(scenario.thresholds.cost).toEqual(['month<$100', 'perMillion<$20']);
    expect(scenario.billing.prices).toEqual({ 'ec2.instance.c7g.large': '$0.07/h' });
  });

  it('add keys that the file leaves to their defaults, and the maps above them', () => {
    const edits = [
      { path: 'seed', value: '7' },
      { path: 'billing.freeTier', value: 'true' },
      { path: 'platforms.lambda.keepAlive.maxAge', value: 'none' },
    ];
    const scenario = goodScenario(small(), edits);
    expect(scenario).toMatchObject({ seed: 7, billing: { freeTier: true, month: '730h' } });
    expect(scenario.platforms.lambda).toMatchObject({ keepAlive: { maxAge: 'none' } });
  });

  it('find names with dots without quotes', () => {
    const text = small({ platforms: 'platforms:\n  my.lambda: { type: lambda }' });
    expect(
      goodScenario(text, set('platforms.my.lambda.memorySize', '256')).platforms['my.lambda'],
    ).toMatchObject({
      memorySize: 256,
    });
  });

  it('change everything that a star stands for', () => {
    const traffic = [
      'traffic:',
      '  a: { executor: constant-arrival-rate, rate: 5/s, duration: 1h }',
      '  b: { executor: constant-arrival-rate, rate: 6/s, duration: 1h }',
      '  c: { executor: ramping-arrival-rate, stages: [{ duration: 1h, target: 1/s }] }',
    ].join('\n');
    const scenario = goodScenario(small({ traffic }), set('traffic.*.rate', '9/s'));
    expect([scenario.traffic.a, scenario.traffic.b]).toMatchObject([{ rate: '9/s' }, { rate: '9/s' }]);
    expect(scenario.traffic.c).not.toHaveProperty('rate');
  });

  it('happen in order', () => {
    const edits = [...set('seed', '7'), ...set('seed', '8')];
    expect(goodScenario(small(), edits).seed).toBe(8);
  });
});

describe('an edit that cannot be made', () => {
  it.each([
    ['platforms.lamda.memorySize', '512', 'unknown-path', 'did you mean `lambda`?'],
    ['traffic.uploads.rate', '5/s', 'unknown-path', 'there are: `main`'],
    ['traffic.main.rate.mean', '5/s', 'unknown-path', 'set the whole of it'],
    ['thresholds.*.x', '1', 'unknown-path', 'name a key that the file has'],
    ['a..b', '1', 'bad-edit', '`platforms.lambda.memorySize`'],
    ['', '1', 'bad-edit', '`platforms.lambda.memorySize`'],
    ['seed', '[1', 'bad-edit', 'brackets'],
    ['seed', '['.repeat(1000), 'bad-edit', 'put it into the file'],
  ])('%s=%s', (path, value, code, help) => {
    const [problem] = refusal(small(), set(path, value)).problems;
    expect(problem?.code).toBe(code);
    expect(problem?.help).toContain(help);
  });

  it('says which item of a list is the last', () => {
    const [problem] = refusal(EVERY_KEY, set('traffic.uploads.stages[3].target', '5/s')).problems;
    expect(problem).toMatchObject({ code: 'unknown-path', help: 'the last one is [2]' });
  });

  it('is shown where it stands on the command line', () => {
    const parsed = refusal(small(), set('platforms.lambda.memorySise', '512'));
    expect(renderProblem(parsed.problems[0]!, parsed.source).split('\n')).toEqual([
      'error[unknown-key]: unknown key `memorySise` in platforms.lambda',
      ' --> --set platforms.lambda.memorySise=512',
      '  |',
      '  | platforms.lambda.memorySise=512',
      '  |                  ^^^^^^^^^^ not a known key',
      '  = help: did you mean `memorySize`?',
    ]);
  });

  it('points at a wrong value of an edit', () => {
    const parsed = refusal(small(), set('platforms.lambda.memorySize', '64'));
    const lines = renderProblem(parsed.problems[0]!, parsed.source).split('\n');
    expect(lines.slice(3)).toEqual([
      '  | platforms.lambda.memorySize=64',
      '  |                             ^^',
      '  = help: the least is `memorySize: 128`',
    ]);
  });

  it('has no excerpt when its path leads nowhere', () => {
    const parsed = refusal(small(), set('platforms.lamda.memorySize', '64'));
    expect(renderProblem(parsed.problems[0]!, parsed.source).split('\n')).toEqual([
      'error[unknown-path]: there is no `lamda` in `platforms`',
      ' --> --set platforms.lamda.memorySize=64',
      '  = help: did you mean `lambda`?',
    ]);
  });
});
