import type { GroupPlan } from '../../fleet/replicas/plan.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import type { PlatformContext } from '../platform.ts';
import { planSchedule } from '../shared/scheduled-actions.ts';
import type { EcsOptions } from './options.ts';
import { planPolicies, policyProblems } from './scaling.ts';

/** How the number of tasks is steered, and everything that AWS would refuse of it. */
export function planGroup(
  options: EcsOptions,
  context: PlatformContext,
): { group: GroupPlan; problems: Problem[] } {
  const { initial, min, max } = capacityOf(options);
  const wrong = [...capacityProblems(options, context)];
  const actions = options.scheduled.map(({ minCapacity, maxCapacity, ...when }) => ({
    ...when,
    min: minCapacity,
    max: maxCapacity,
    desired: undefined,
  }));
  const { schedule, problems } = planSchedule(actions, { min, max }, context.program, [
    ...context.path,
    'scheduled',
  ]);
  const group: GroupPlan = {
    initial,
    min,
    max,
    warm: options.start === 'warm',
    warmupMicros: 0,
    policies: planPolicies(options),
    schedule,
    predictive: null,
  };
  // Limits that are wrong from the beginning are told once, not for every action too.
  const ofSchedule = wrong.length > 0 ? [] : problems;
  return { group, problems: [...wrong, ...policyProblems(options, context), ...ofSchedule] };
}

/** Capacities that contradict each other. */
function* capacityProblems(options: EcsOptions, { path }: PlatformContext): Iterable<Problem> {
  const { minCapacity, maxCapacity, desiredCount, scheduled } = options;
  const help =
    'a service holds minCapacity ≤ desiredCount ≤ maxCapacity; without them desiredCount is minCapacity ' +
    'or 1, and both limits are desiredCount';
  if (minCapacity !== undefined && maxCapacity !== undefined && minCapacity > maxCapacity) {
    const message = `minCapacity ${minCapacity} is above maxCapacity ${maxCapacity}`;
    yield problem('out-of-range', [...path, 'minCapacity'], message, { help });
    return;
  }
  const { initial, min, max } = capacityOf(options);
  if (initial < min || initial > max) {
    const message = `desiredCount ${desiredCount} is not in ${min} … ${max}`;
    yield problem('out-of-range', [...path, 'desiredCount'], message, { help });
  }
  const highest = Math.max(max, ...scheduled.map((action) => action.maxCapacity ?? 0));
  if (highest === 0) {
    yield problem('out-of-range', [...path, 'desiredCount'], 'the service has no task, and may have none', {
      help: 'set `desiredCount` or `maxCapacity` to 1 or more: maxCapacity is desiredCount when not given',
    });
  }
}

/** How many tasks: at t = 0, at least and at most. Without scaling keys all three are the same. */
export function capacityOf({ minCapacity, maxCapacity, desiredCount }: EcsOptions) {
  const initial = desiredCount ?? minCapacity ?? Math.min(1, maxCapacity ?? 1);
  return {
    initial,
    min: minCapacity ?? Math.min(initial, maxCapacity ?? initial),
    max: maxCapacity ?? initial,
  };
}
