import type { PredictiveScalingPlan } from '../../fleet/scaling/predictive-scaling.ts';
import { MICROS_PER_HOUR, MICROS_PER_MS } from '../../kernel/time.ts';
import { type Problem, problem } from '../../problems/problem.ts';
import { durationMicros } from '../../units/duration.ts';
import type { PlatformContext } from '../platform.ts';
import { albOf } from '../shared/common-options.ts';
import { planSchedule } from '../shared/scheduled-actions.ts';
import type { Ec2Options } from './options.ts';

const PERCENT_MAX = 100;

/** The scheduled actions of a group, and what AWS would refuse of them. */
export function planScheduled(
  { scheduled }: Ec2Options,
  limits: { readonly min: number; readonly max: number },
  { program, path }: PlatformContext,
) {
  const actions = scheduled.map(({ minSize, maxSize, desiredCapacity, ...when }) => ({
    ...when,
    min: minSize,
    max: maxSize,
    desired: desiredCapacity,
  }));
  return planSchedule(actions, limits, program, [...path, 'scheduled']);
}

/** The predictive policy of a group; null where none acts. */
export function planPredictive(
  { predictiveScaling }: Ec2Options,
  { program }: PlatformContext,
): PredictiveScalingPlan | null {
  if (predictiveScaling === undefined || predictiveScaling.mode === 'ForecastOnly') return null;
  const { metric, targetValue, schedulingBufferTime, maxCapacityBreachBehavior, maxCapacityBuffer } =
    predictiveScaling;
  const intoHour = (program.startAtEpochMs * MICROS_PER_MS) % MICROS_PER_HOUR;
  return {
    metric: metric === 'ASGCPUUtilization' ? 'cpu-percent' : 'requests-per-target-minute',
    targetValue,
    firstHourAt: intoHour === 0 ? 0 : MICROS_PER_HOUR - intoHour,
    bufferMicros: durationMicros(schedulingBufferTime),
    maxCapacityBuffer: maxCapacityBreachBehavior === 'IncreaseMaxCapacity' ? maxCapacityBuffer : null,
  };
}

/** What AWS would refuse of the predictive policy. */
export function predictiveProblems({ predictiveScaling, frontDoor }: Ec2Options, { path }: PlatformContext) {
  const problems: Problem[] = [];
  if (predictiveScaling === undefined) return problems;
  const place = [...path, 'predictiveScaling'];
  const { metric, targetValue, maxCapacityBreachBehavior, maxCapacityBuffer } = predictiveScaling;
  if (metric === 'ALBRequestCount' && albOf(frontDoor) === null) {
    const message = 'ALBRequestCount needs a load balancer';
    problems.push(
      problem('needs-load-balancer', [...place, 'metric'], message, {
        help: 'add `frontDoor: alb`: it is none when it is not given',
      }),
    );
  }
  if (metric === 'ASGCPUUtilization' && targetValue > PERCENT_MAX) {
    const message = `a CPU utilisation of ${targetValue} % cannot be`;
    problems.push(
      problem('out-of-range', [...place, 'targetValue'], message, { help: 'percent, at most 100' }),
    );
  }
  if (maxCapacityBuffer > 0 && maxCapacityBreachBehavior === 'HonorMaxCapacity') {
    const message = 'maxCapacityBuffer has no meaning with HonorMaxCapacity';
    const help = 'remove it, or use `maxCapacityBreachBehavior: IncreaseMaxCapacity`';
    problems.push(problem('refused-scaling-policy', [...place, 'maxCapacityBuffer'], message, { help }));
  }
  return problems;
}
