import { type PlatformResult, type Result, resultSchema } from '../../sim/result/result.ts';

/**
 * A small deterministic generator (Numerical Recipes' LCG), so that fixtures need nothing of the simulator.
 */
function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Kind = 'lambda' | 'ec2' | 'ecs' | 'eks';
const UNITS = { lambda: 'environments', ec2: 'instances', ecs: 'tasks', eks: 'pods' } as const;

export interface FixtureOptions {
  readonly names: readonly string[];
  readonly bins?: number;
  readonly replications?: number;
  readonly resolved?: Record<string, unknown>;
  readonly scenarioName?: string;
}

/** Log-normal-looking counts around `medianMs`, with a second hump of cold starts on Lambda. */
function distribution(kind: Kind, medianMs: number, requests: number): PlatformResult['latencyDistribution'] {
  const upToMs: number[] = [];
  const weights: number[] = [];
  for (let ms = medianMs / 4; ms < medianMs * 40; ms *= 1.05) {
    const z = Math.log(ms / medianMs) / 0.35;
    const cold = Math.log(ms / (medianMs * 6)) / 0.2;
    upToMs.push(Number(ms.toPrecision(6)));
    weights.push(
      Math.exp(-z * z * 0.5) + (kind === 'lambda' ? 0.012 : 0.0004) * Math.exp(-cold * cold * 0.5),
    );
  }
  const total = weights.reduce((sum, each) => sum + each, 0);
  return { upToMs, counts: weights.map((weight) => Math.round((weight / total) * requests)) };
}

function percentile(from: PlatformResult['latencyDistribution'], share: number): number {
  const total = from.counts.reduce((sum, each) => sum + each, 0);
  let below = 0;
  for (const [index, count] of from.counts.entries()) {
    below += count;
    if (below >= share * total) return from.upToMs[index] ?? 0;
  }
  return from.upToMs[from.upToMs.length - 1] ?? 0;
}

function timeseries(
  kind: Kind,
  medianMs: number,
  bins: number,
  random: () => number,
): PlatformResult['timeseries'] {
  const columns: PlatformResult['timeseries']['columns'] = {
    arrivals: [],
    capacity: [],
    busy: [],
    queue: [],
    coldStarts: [],
    failed: [],
    p50Ms: [],
    p99Ms: [],
  };
  let capacity = 2;
  for (let bin = 0; bin < bins; bin++) {
    const step = bin >= bins * 0.6 ? 6 : 1;
    const demand = step * (2.4 + 0.5 * random());
    const wanted = Math.ceil(demand / 0.6);
    capacity = kind === 'lambda' ? wanted : Math.min(wanted, capacity + (bin % 3 === 0 ? 2 : 0));
    const shortage = Math.max(0, demand - capacity);
    const nothing = bin % 50 === 37;
    columns.arrivals.push(nothing ? 0 : Math.round(demand * 60));
    columns.capacity.push(capacity);
    columns.busy.push(nothing ? 0 : Math.min(capacity, demand));
    columns.queue.push(kind === 'lambda' ? 0 : shortage * 40);
    columns.coldStarts.push(
      kind === 'lambda' ? Math.round(random() * 6 + (bin === Math.floor(bins * 0.6) ? 40 : 0)) : 0,
    );
    columns.failed.push(shortage > 6 ? 3 : 0);
    columns.p50Ms.push(nothing ? null : medianMs * (1 + 0.1 * random() + shortage));
    columns.p99Ms.push(nothing ? null : medianMs * (2.2 + 0.6 * random() + 3 * shortage));
  }
  return { stepSeconds: 60, columns };
}

const LINES: Record<Kind, readonly (readonly [string, string, string, number, number])[]> = {
  lambda: [
    ['lambda.duration.arm64', 'Lambda duration (Arm)', 'GB-s', 0.0000133334, 0.78],
    ['lambda.requests', 'Lambda requests', 'requests', 0.0000002, 0.12],
    ['lambda.provisioned.concurrency', 'Provisioned concurrency', 'GB-s', 0.0000041667, 0.1],
  ],
  ec2: [
    ['ec2.instance.c7g.large', 'c7g.large, on demand, Linux', 'h', 0.0725, 0.72],
    ['alb.hours', 'Application Load Balancer hours', 'h', 0.0225, 0.16],
    ['ebs.gp3', 'gp3 storage', 'GB-month', 0.08, 0.05],
    ['cloudwatch.detailed-monitoring', 'Detailed monitoring', 'metrics', 0.3, 0.07],
  ],
  ecs: [
    ['fargate.vcpu', 'Fargate vCPU (Arm)', 'vCPU-h', 0.03238, 0.6],
    ['fargate.memory', 'Fargate memory (Arm)', 'GB-h', 0.00356, 0.12],
    ['alb.hours', 'Application Load Balancer hours', 'h', 0.0225, 0.18],
    ['vpc.public-ipv4', 'Public IPv4 addresses', 'h', 0.005, 0.1],
  ],
  eks: [
    ['ec2.instance.m7g.large', 'm7g.large, on demand, Linux', 'h', 0.0816, 0.5],
    ['eks.cluster', 'EKS control plane', 'h', 0.1, 0.3],
    ['alb.hours', 'Application Load Balancer hours', 'h', 0.0225, 0.1],
    ['extra.database', 'database', 'month', 120, 0.1],
  ],
};

function platform(
  kind: Kind,
  usdPerMonth: number,
  medianMs: number,
  bins: number,
  seed: number,
): PlatformResult {
  const random = lcg(seed);
  const requests = bins * 3_000;
  const latencyDistribution = distribution(kind, medianMs, requests);
  const at = (share: number): number => percentile(latencyDistribution, share);
  const p99 = at(0.99);
  const lambda = kind === 'lambda';
  const failed = lambda ? 6 : 212;
  return {
    type: kind,
    requests: {
      arrived: requests,
      completed: requests - failed,
      failed,
      inFlight: 0,
      attempts: requests,
      failures: lambda ? { throttled: 6 } : { rejected: 200, timedOut: 12 },
    },
    latencyMs: {
      mean: medianMs * 1.1,
      p50: at(0.5),
      p90: at(0.9),
      p95: at(0.95),
      p99,
      p999: at(0.999),
      max: at(0.99999) * 1.2,
    },
    latencyDistribution,
    coldStarts: { count: lambda ? 1_210 : 0, fraction: lambda ? 0.0028 : 0 },
    capacity: {
      unit: UNITS[kind],
      mean: 11.2,
      busyMean: lambda ? 9.97 : 5.3,
      idleMean: lambda ? 1.23 : 5.9,
      max: lambda ? 42 : 18,
      started: 124,
      utilization: lambda ? 0.89 : 0.473,
      meanLifetimeSeconds: 1_312.4,
    },
    limitedBy: lambda ? 'nothing' : 'scaling-speed',
    cost: {
      usdPerMonth,
      usdPerMillionRequests: usdPerMonth / 12.96,
      lines: LINES[kind].map(([id, what, unit, usdPerUnit, share]) => ({
        id,
        what,
        quantity: (usdPerMonth * share) / usdPerUnit,
        unit,
        usdPerUnit,
        usd: usdPerMonth * share,
      })),
    },
    ci95: {
      'cost.usdPerMonth': [usdPerMonth * 0.996, usdPerMonth * 1.004],
      'latencyMs.p99': [p99 * 0.97, p99 * 1.03],
    },
    timeseries: timeseries(kind, medianMs, bins, random),
    assumptions: ['Idle environments are kept 5 to 7 minutes (measured, 2024).'],
    notModelled: ['CloudWatch Logs ingestion', 'staff time'],
  };
}

const KINDS: readonly Kind[] = ['lambda', 'ec2', 'ecs', 'eks'];
const COSTS = [271.124, 148, 196.5, 223.71, 1_402.35, 61.2, 305, 0.0375] as const;

/** A valid result with one platform for every name. Numbers are invented, and the same every time. */
export function makeResult(options: FixtureOptions): Result {
  const { names, bins = 60, replications = 5 } = options;
  const platforms = Object.fromEntries(
    names.map((name, index) => [
      name,
      platform(
        KINDS[index % KINDS.length]!,
        COSTS[index % COSTS.length]!,
        430 + 60 * ((index * 5) % 8),
        bins,
        index + 1,
      ),
    ]),
  );
  const first = names[0] ?? 'none';
  return resultSchema.parse({
    schemaVersion: 1,
    tool: { name: 'breakeven', version: '1.0.0' },
    scenario: {
      name: options.scenarioName ?? 'image-resize',
      sha256: '0123456789abcdef'.repeat(4),
      resolved: options.resolved ?? {
        description: 'Every uploaded photo is resized to three thumbnails.',
        warmup: bins >= 20 ? '10m' : '0s',
        traffic: { uploads: { executor: 'constant-arrival-rate', rate: '50/s' } },
      },
    },
    prices: { snapshot: '2026-07', region: 'us-east-1', overrides: {} },
    seed: 42,
    replications,
    partial: false,
    platforms,
    verdict: {
      cheapest: names[1] ?? first,
      cheapestThatPasses: first,
      text: `${first} is the cheapest that passes every threshold: $271.12 a month. It is 4.8 times faster.`,
    },
    thresholds: [
      {
        expression: `latency{platform:${first}} p(99)<4s`,
        ok: true,
        actual: 3_100.4,
        unit: 'ms',
        platform: first,
        scoped: true,
      },
      ...names.map((name, index) => ({
        expression: 'cost month<$200',
        ok: COSTS[index % COSTS.length]! < 200,
        actual: COSTS[index % COSTS.length]!,
        unit: 'USD',
        platform: name,
        scoped: false,
      })),
    ],
    warnings: [
      {
        code: 'few-tail-samples',
        message: 'only 14 requests lie beyond p99.9: simulate a longer window',
        platform: first,
      },
    ],
  });
}

/** Names that try to be markup, formulas, terminal commands, or wider and longer than they look. */
export const hostileNames = [
  '<script>alert(1)</script>',
  '=HYPERLINK("http://evil.example","x")',
  '"]]>&amp;\'</desc><svg onload=x>',
  '\u001b[31mred\u0007 \u202eesrever\u00a0\ud800',
  '画像リサイズ用のとても長い名前のプラットフォーム・その一',
  '🚀🔥👩‍💻 rockets and e\u0301motions \t tab',
  'a-platform-name-that-goes-on-for-exactly-sixty-four-characters-xx',
  '@SUM(1+1)*cmd|x',
] as const;

/** A platform on which nothing was completed and nothing was paid. */
export function withNothingCompleted(result: Result): Result {
  const copy = structuredClone(result);
  for (const each of Object.values(copy.platforms)) {
    each.requests = { arrived: 0, completed: 0, failed: 0, inFlight: 0, attempts: 0, failures: {} };
    each.latencyMs = { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null };
    each.latencyDistribution = { upToMs: [], counts: [] };
    each.coldStarts = { count: 0, fraction: null };
    each.capacity = {
      ...each.capacity,
      utilization: null,
      meanLifetimeSeconds: null,
      busyMean: 0,
      max: 0,
      mean: 0,
    };
    each.cost = { usdPerMonth: 0, usdPerMillionRequests: null, lines: [] };
    each.ci95 = {};
    const { columns } = each.timeseries;
    for (const key of ['arrivals', 'capacity', 'busy', 'queue', 'coldStarts', 'failed'] as const) {
      columns[key] = columns[key].map(() => 0);
    }
    columns.p50Ms = columns.p50Ms.map(() => null);
    columns.p99Ms = columns.p99Ms.map(() => null);
  }
  copy.thresholds = copy.thresholds.map((each) => ({ ...each, ok: false, actual: null }));
  copy.verdict = { cheapest: null, cheapestThatPasses: null, text: 'No platform completed a request.' };
  return resultSchema.parse(copy);
}
