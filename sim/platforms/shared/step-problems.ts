import type { z } from 'zod';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { alarmKeys, stepsSchema } from './step-options.ts';

type Steps = z.infer<typeof stepsSchema>;

/** A policy of step or of simple scaling, as written. */
interface AdjustingPolicy {
  readonly adjustmentType: z.infer<(typeof alarmKeys)['adjustmentType']>;
  readonly minAdjustmentMagnitude?: number | undefined;
}
type WithSteps = AdjustingPolicy & { readonly steps: Steps };
type WithAdjustment = AdjustingPolicy & { readonly adjustment: number };

/**
 * What AWS refuses of the steps of a policy: gaps and overlaps, steps without any bound, and bounds beyond
 * which nothing is said (Amazon EC2 Auto Scaling User Guide, "Step adjustments", 2023-05).
 */
export function stepProblems(steps: Steps, path: Path): Problem[] {
  const problems: Problem[] = [];
  const refuse = (at: Path, message: string, help: string) =>
    problems.push(problem('refused-scaling-policy', [...path, ...at], message, { help }));
  const ranges = steps.map(({ lowerBound, upperBound }, index) => ({
    index,
    from: lowerBound ?? Number.NEGATIVE_INFINITY,
    to: upperBound ?? Number.POSITIVE_INFINITY,
  }));
  for (const { index, from, to } of ranges) {
    if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) {
      refuse([index], 'a step needs a bound', 'add `lowerBound: 0` above a threshold, `upperBound: 0` below');
    } else if (from >= to) {
      refuse([index], `the step from ${from} to ${to} holds nothing`, 'lowerBound is below upperBound');
    }
  }
  if (problems.length > 0) return problems;
  const line = ranges.toSorted((a, b) => a.from - b.from);
  line.slice(1).forEach(({ from, index }, place) => {
    const { to } = line[place]!;
    if (to === from) return;
    if (from === Number.NEGATIVE_INFINITY) {
      refuse([index], 'two steps have no lower bound', 'only the lowest step goes without `lowerBound`');
    } else if (to === Number.POSITIVE_INFINITY) {
      const help = `let that end where this begins: \`upperBound: ${from}\``;
      refuse([index], 'the step overlaps with the one before, which has no upper bound', help);
    } else {
      const what = to > from ? 'overlaps with the one before' : 'leaves a gap to the one before';
      refuse([index], `the step ${what}`, `let it begin where that ends: \`lowerBound: ${to}\``);
    }
  });
  const first = line[0]!;
  const last = line.at(-1)!;
  if (first.from < 0 && first.from > Number.NEGATIVE_INFINITY) {
    refuse([first.index, 'lowerBound'], 'below this bound no step says what to do', 'leave out `lowerBound`');
  }
  if (last.to > 0 && last.to < Number.POSITIVE_INFINITY) {
    refuse([last.index, 'upperBound'], 'above this bound no step says what to do', 'leave out `upperBound`');
  }
  return problems;
}

/** What AWS refuses of the adjustments of a policy. */
export function adjustmentProblems(policy: WithSteps | WithAdjustment, path: Path): Problem[] {
  const problems: Problem[] = [];
  const refuse = (at: Path, message: string, help: string) =>
    problems.push(problem('refused-scaling-policy', [...path, ...at], message, { help }));
  if (policy.minAdjustmentMagnitude !== undefined && policy.adjustmentType !== 'PercentChangeInCapacity') {
    const message = `minAdjustmentMagnitude has no meaning with ${policy.adjustmentType}`;
    refuse(
      ['minAdjustmentMagnitude'],
      message,
      'remove it, or use `adjustmentType: PercentChangeInCapacity`',
    );
  }
  if (policy.adjustmentType === 'ExactCapacity') {
    const adjustments =
      'steps' in policy
        ? policy.steps.map(({ adjustment }, index) => ({ adjustment, at: ['steps', index, 'adjustment'] }))
        : [{ adjustment: policy.adjustment, at: ['adjustment'] }];
    for (const { adjustment, at } of adjustments.filter((each) => each.adjustment < 0)) {
      refuse(at, `a capacity of ${adjustment} cannot be`, 'an exact capacity is 0 or more');
    }
  }
  return problems;
}
