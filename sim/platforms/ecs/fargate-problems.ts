import { type Problem, problem, ScenarioError } from '../../problems/problem.ts';
import { either } from '../../problems/words.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { fargatePriceIds } from '../shared/fargate-meter.ts';
import { isFargateSize, nearestFargateSizes } from '../shared/fargate-sizes.ts';
import { fargateTask } from './bill.ts';
import { launchRateProblems } from './launch-rate-problems.ts';
import type { EcsOptions } from './options.ts';

/** SIGKILL follows SIGTERM after two minutes at most (Amazon ECS Developer Guide, `stopTimeout`, 2023-05). */
const STOP_TIMEOUT_MAX = '120s';

/** What Fargate would refuse of a task. */
export function* fargateProblems(options: EcsOptions, { path, prices }: PlatformContext): Iterable<Problem> {
  const isWindows = options.operatingSystem === 'windows';
  if (!isFargateSize(options, isWindows)) yield sizeProblem(options, path);
  if (isWindows && options.architectures?.[0] === 'arm64') {
    const message = 'Fargate runs Windows on x86_64 only';
    const help = 'use `architectures: [x86_64]`, or `operatingSystem: linux`';
    yield problem('does-not-fit', [...path, 'architectures'], message, { help });
  } else if (isWindows && options.launchType === 'FARGATE_SPOT') {
    const help = 'AWS: Fargate Spot does not run Windows containers; use `launchType: FARGATE`';
    yield problem('does-not-fit', [...path, 'launchType'], 'Fargate Spot runs Linux only', { help });
  } else {
    yield* unpriced(options, prices, path);
  }
  if (durationMicros(options.stopTimeout) > durationMicros(STOP_TIMEOUT_MAX)) {
    const message = `stopTimeout ${options.stopTimeout} is above ${STOP_TIMEOUT_MAX}`;
    const help = 'on Fargate a container is killed two minutes after it was told to stop, at the latest';
    yield problem('out-of-range', [...path, 'stopTimeout'], message, { help });
  }
  yield* launchRateProblems(options, path);
  if (options.interruptionsPerMonth !== undefined && options.launchType !== 'FARGATE_SPOT') {
    const message = 'only Fargate Spot takes tasks back';
    const help = 'leave it out, or use `launchType: FARGATE_SPOT`';
    yield problem('out-of-range', [...path, 'interruptionsPerMonth'], message, { help });
  }
}

function sizeProblem(options: EcsOptions, path: PlatformContext['path']): Problem {
  const { cpu, memory, operatingSystem } = options;
  const near = nearestFargateSizes({ cpu, memory }, operatingSystem === 'windows');
  const words = near.map((size) => `\`cpu: ${size.cpu}, memory: ${size.memory}\``);
  const on = operatingSystem === 'windows' ? ' for Windows' : '';
  return problem(
    'no-such-task-size',
    [...path, 'cpu'],
    `Fargate has no tasks of ${cpu} CPU units and ${memory} MB${on}`,
    { label: 'not a size of Fargate', help: `near are ${either(words)}` },
  );
}

function unpriced(options: EcsOptions, prices: PlatformContext['prices'], path: PlatformContext['path']) {
  const { vcpu, memory, licence } = fargatePriceIds(fargateTask(options));
  const problems: Problem[] = [];
  for (const id of licence === null ? [vcpu, memory] : [vcpu, memory, licence]) {
    try {
      prices.price(id, [...path, 'launchType']);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
    }
  }
  return problems;
}
