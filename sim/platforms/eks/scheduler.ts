import {
  DEFAULT_PROFILE,
  type SchedulerProfile,
  type ScoringStrategy,
} from '../../fleet/kubernetes/scheduler/scheduler-profile.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { PlatformContext } from '../platform.ts';
import type { EksOptions } from './options.ts';
import { type SchedulerOptions, schedulerSchema } from './scheduler-options.ts';

/** What the scheduler of nodes goes by where nothing is told; on Fargate every pod has its own machine. */
export function schedulerDefaults({ scheduler, topologySpreadConstraints, nodes }: EksOptions) {
  if (nodes.type === 'fargate') return {};
  return {
    scheduler: scheduler ?? schedulerSchema.parse({}),
    topologySpreadConstraints: topologySpreadConstraints ?? [...DEFAULT_PROFILE.spread],
  };
}

/** The scheduler in numbers; of options with their defaults. */
export function planScheduler({ scheduler, topologySpreadConstraints }: EksOptions): SchedulerProfile {
  return { strategy: planStrategy(scheduler!.scoringStrategy), spread: topologySpreadConstraints! };
}

function planStrategy(options: SchedulerOptions['scoringStrategy']): ScoringStrategy {
  const { type, resources, requestedToCapacityRatio } = options;
  const weights = Object.fromEntries(resources.map(({ name, weight }) => [name, weight]));
  if (type !== 'RequestedToCapacityRatio') return { type, weights };
  return { type, weights, shape: requestedToCapacityRatio?.shape ?? [] };
}

/** What Kubernetes would refuse of them, and what is not modelled together. */
export function* schedulerProblems(options: EksOptions, { path }: PlatformContext): Iterable<Problem> {
  const { nodes, scheduler, topologySpreadConstraints = [] } = options;
  if (nodes.type === 'fargate') {
    for (const key of ['scheduler', 'topologySpreadConstraints'] as const) {
      if (options[key] === undefined) continue;
      yield problem('invalid-value', [...path, key], `${key} has nothing to choose from on Fargate`, {
        help: 'every pod has a machine of its own there: leave it out',
      });
    }
  }
  if (scheduler !== undefined) yield* strategyProblems(scheduler.scoringStrategy, [...path, 'scheduler']);
  const place = [...path, 'topologySpreadConstraints'];
  for (const [index, each] of topologySpreadConstraints.entries()) {
    const isTwice = topologySpreadConstraints
      .slice(0, index)
      .some(
        (other) =>
          other.topologyKey === each.topologyKey && other.whenUnsatisfiable === each.whenUnsatisfiable,
      );
    if (isTwice) {
      const message = `two constraints say ${each.whenUnsatisfiable} over ${each.topologyKey}`;
      yield problem('invalid-value', [...place, index], message, {
        help: 'Kubernetes takes one of each: keep the stricter one',
      });
    }
    const isFixed = nodes.type === 'managedNodeGroup' && nodes.autoscaler === 'none';
    if (each.whenUnsatisfiable === 'DoNotSchedule' && !isFixed && nodes.type !== 'fargate') {
      const message = 'DoNotSchedule beside what makes nodes for pods is not modelled';
      yield problem('not-yet-modelled', [...place, index, 'whenUnsatisfiable'], message, {
        help: 'say ScheduleAnyway, or `autoscaler: none` in a managed node group',
      });
    }
  }
}

function* strategyProblems(strategy: SchedulerOptions['scoringStrategy'], path: Path): Iterable<Problem> {
  const { type, resources, requestedToCapacityRatio: ratio } = strategy;
  const place = [...path, 'scoringStrategy'];
  if (new Set(resources.map(({ name }) => name)).size < resources.length) {
    yield problem('invalid-value', [...place, 'resources'], 'a resource is named twice', {
      help: 'name cpu and memory once each, with their weights',
    });
  }
  if (type === 'RequestedToCapacityRatio' && ratio === undefined) {
    yield problem('missing-key', place, 'RequestedToCapacityRatio needs a shape', {
      help: 'add `requestedToCapacityRatio: { shape: […] }`: utilization 0 to 100, score 0 to 10, rising',
    });
  }
  if (type !== 'RequestedToCapacityRatio' && ratio !== undefined) {
    yield problem('invalid-value', [...place, 'requestedToCapacityRatio'], `${type} has no shape`, {
      help: 'leave it out, or say `type: RequestedToCapacityRatio`',
    });
  }
  const points = ratio?.shape ?? [];
  const falls = points.findIndex(
    ({ utilization }, index) => utilization <= (points[index - 1]?.utilization ?? -1),
  );
  if (falls >= 0) {
    const message = `utilization ${points[falls]!.utilization} is not above the one before it`;
    yield problem('invalid-value', [...place, 'requestedToCapacityRatio', 'shape', falls], message, {
      help: 'Kubernetes wants them sorted, each once',
    });
  }
}
