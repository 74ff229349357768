import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulateOptions } from '../../sim/simulate.ts';
import { ROOT } from '../helpers/sources.ts';

/** A run that both engines of JavaScript are asked for. Plain data: it goes into the page as it is. */
export interface Case {
  readonly name: string;
  readonly text: string;
  readonly options: Pick<SimulateOptions, 'edits' | 'overrides'>;
}

const short = (path: string, value: string) => ({ path, value });

/** Every law that draws through logarithms, powers and roots, and every kind of traffic but replay. */
const MANY_LAWS = `
version: 1
name: many laws
seed: 11
replications: 2
duration: 30m
workloads:
  lognormal:
    cpu: { distribution: lognormal, mean: 90ms, p99: 400ms }
    wait: { distribution: exponential, mean: 20ms }
  gamma:
    cpu: { distribution: gamma, mean: 70ms, cv: 0.7 }
    wait: { distribution: gamma, mean: 30ms, cv: 1.8 }
    threads: 2
  heavy:
    cpu: { distribution: pareto, mean: 50ms, alpha: 2.5 }
    wait: { distribution: weibull, mean: 40ms, cv: 1.5 }
  mixed:
    cpu: { distribution: hyperexponential, mean: 40ms, cv: 3 }
    queueTimeout: { distribution: exponential, mean: 5s }
traffic:
  ramp:
    workload: lognormal
    executor: ramping-arrival-rate
    arrivals: { distribution: gamma, cv: 2 }
    startRate: 1/s
    stages: [{ duration: 10m, target: 9/s }, { duration: 10m, target: 2/s }]
  bursts:
    workload: gamma
    executor: bursty-arrival-rate
    calmRate: 1/s
    burstRate: 20/s
    meanCalm: 3m
    meanBurst: 20s
  day:
    workload: heavy
    executor: diurnal-arrival-rate
    mean: 5/s
    peakToMean: 2
    peakAt: '00:10'
    weekendFactor: 0.5
  users:
    workload: mixed
    executor: constant-vus
    vus: 12
    thinkTime: { distribution: lognormal, mean: 2s, cv: 1.2 }
platforms:
  lambda: { type: lambda, reservedConcurrentExecutions: 40, frontDoor: functionUrl }
  servers:
    type: ec2
    instanceType: c7g.large
    minSize: 1
    maxSize: 4
    targetTracking: { metric: ASGAverageCPUUtilization, targetValue: 50 }
    frontDoor: { type: alb, loadBalancing: weighted_random, latency: 2ms }
  few: { type: ec2, instanceType: t3.medium, concurrency: 4, backlog: 20 }
thresholds:
  latency: ['p(95)<2s']
`;

export const cases: readonly Case[] = [
  {
    name: 'image-resize, shortened',
    text: readFileSync(join(ROOT, 'scenarios/image-resize.yaml'), 'utf8'),
    options: { edits: [short('duration', '90m'), short('replications', '2')], overrides: {} },
  },
  { name: 'many laws', text: MANY_LAWS, options: { edits: [], overrides: {} } },
  { name: 'many laws with another seed', text: MANY_LAWS, options: { edits: [], overrides: { seed: 12 } } },
];
