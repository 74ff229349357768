import { describe, expect, it } from 'vitest';
import { type Result, ScenarioError, simulate } from '../../sim/index.ts';

function run(platforms: Record<string, object>): Result {
  return simulate({
    version: 1,
    duration: '30m',
    warmup: '5m',
    billing: { month: '30m' },
    workload: { cpu: { distribution: 'exponential', mean: '1s' } },
    traffic: { load: { executor: 'constant-arrival-rate', rate: '7/s' } },
    platforms,
  });
}

const servers = (frontDoor: unknown, more: object = {}) => ({
  type: 'ec2',
  instanceType: 'c7g.medium',
  minSize: 10,
  concurrency: 1,
  frontDoor,
  ...more,
});

function refusal(frontDoor: unknown, type = 'ec2'): string[] {
  const platform = type === 'ec2' ? servers(frontDoor) : { type, frontDoor };
  try {
    run({ it: platform });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ code, path, help }) => `${code} ${path.join('.')} ${help}`);
  }
  return [];
}

describe('a proxy of your own', () => {
  it('the word alone goes round, and costs nothing', () => {
    const { word, none } = run({ word: servers('proxy'), none: servers('none') }).platforms;
    expect({ ...word, assumptions: 0, notModelled: 0 }).toEqual({ ...none, assumptions: 0, notModelled: 0 });
  });

  it('two choices wait less than one, and looking at all servers less than two', () => {
    const kinds = ['random', 'power_of_two', 'least_outstanding_requests'];
    const { platforms } = run(
      Object.fromEntries(kinds.map((each) => [each, servers({ type: 'proxy', loadBalancing: each })])),
    );
    const [one, two, all] = kinds.map((each) => platforms[each]!.latencyMs.mean!);
    // M/M/1 at a load of 0.7 for one choice; M/M/10 waits least of all.
    expect(one).toBeGreaterThan(2_500);
    expect(two).toBeLessThan(2_000);
    expect(all).toBeLessThan(two!);
  });

  it('with a limit of one connection and no line of its own is a loss system: Erlang B', () => {
    const { requests } = run({ it: servers({ type: 'proxy', maxConnections: 1 }) }).platforms.it!;
    // Erlang B of 7 for 10 servers, by its recursion.
    let blocking = 1;
    for (let server = 1; server <= 10; server++) blocking = (7 * blocking) / (server + 7 * blocking);
    // Lost requests come in clusters: three standard errors, each twice that of single coin tosses.
    const error = 2 * Math.sqrt((blocking * (1 - blocking)) / requests.arrived);
    expect(Math.abs(requests.failures.rejected! / requests.arrived - blocking)).toBeLessThan(3 * error);
  });

  it('on instances of its own it pays for them all the time', () => {
    const door = { type: 'proxy', instanceType: 'c7g.large', instanceCount: 2 };
    const { lines } = run({ it: servers(door) }).platforms.it!.cost;
    expect(lines.find(({ id }) => id === 'ec2.instance.c7g.large')).toMatchObject({
      quantity: 1,
      usd: 0.0725,
    });
  });

  it('refuses an instance type that there is not', () => {
    expect(refusal({ type: 'proxy', instanceType: 'c7g.larg' })).toEqual([
      expect.stringMatching(/^unknown-instance-type platforms\.it\.frontDoor\.instanceType .*c7g\.large/),
    ]);
  });
});

describe('slow start of a load balancer', () => {
  it.each(['29s', '901s'])('refuses %s: AWS takes 30 to 900 s', (slowStart) => {
    expect(refusal({ type: 'alb', slowStart })).toEqual([
      expect.stringMatching(/^out-of-range platforms\.it\.frontDoor\.slowStart .*30–900/),
    ]);
  });

  it.each(['least_outstanding_requests', 'weighted_random'])('refuses it with %s', (loadBalancing) => {
    expect(refusal({ type: 'alb', slowStart: '30s', loadBalancing })).toEqual([
      expect.stringMatching(/^conflicting-keys platforms\.it\.frontDoor\.slowStart .*round robin only/),
    ]);
  });

  it('refuses it before a function', () => {
    expect(refusal({ type: 'alb', slowStart: '30s' }, 'lambda')).toEqual([
      expect.stringMatching(/^conflicting-keys platforms\.it\.frontDoor\.slowStart .*no slow start/),
    ]);
  });

  it('changes nothing for the servers that are there from the start', () => {
    const { slow, plain } = run({
      slow: servers({ type: 'alb', slowStart: '900s' }),
      plain: servers('alb'),
    }).platforms;
    expect(slow!.latencyMs).toEqual(plain!.latencyMs);
  });
});
