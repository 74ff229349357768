import { describe, expect, it } from 'vitest';
import { costPartOf, costParts, idleComputeShare } from '../../reports/cost-parts.ts';
import { makeResult } from './fixtures.ts';

const result = makeResult({ names: ['lambda', 'asg', 'fargate', 'eks'] });
const { lambda, asg, eks } = result.platforms as Record<string, (typeof result.platforms)[string]>;

describe('parts of a bill', () => {
  it.each([
    ['lambda.duration.arm64', 'compute'],
    ['lambda.provisioned.duration', 'compute'],
    ['lambda.provisioned.concurrency', 'kept ready'],
    ['savings-plan.compute', 'compute'],
    ['savings-plan.compute.unused', 'kept ready'],
    ['reserved-instance.m7g.large.unused', 'kept ready'],
    ['ec2.capacity-reservation.m4.large', 'kept ready'],
    ['lambda.requests', 'requests'],
    ['apigateway.http.requests', 'requests'],
    ['ec2.instance.c7g.large', 'compute'],
    ['fargate.vcpu', 'compute'],
    ['eks.cluster', 'control plane'],
    ['alb.lcu', 'load balancer'],
    ['vpc.nat.data', 'network'],
    ['ebs.gp3', 'storage'],
    ['cloudwatch.logs', 'monitoring'],
    ['extra.database', 'other'],
  ])('%s belongs to %s', (id, part) => {
    expect(costPartOf(id)).toBe(part);
  });

  it('adds up to the bill', () => {
    for (const platform of Object.values(result.platforms)) {
      const sum = costParts(platform).reduce((total, part) => total + part.usd, 0);
      expect(sum).toBeCloseTo(
        platform.cost.lines.reduce((total, line) => total + line.usd, 0),
        9,
      );
    }
  });

  it('splits compute by the hour into busy and idle, and never Lambda', () => {
    expect(idleComputeShare(lambda!)).toBe(0);
    expect(idleComputeShare(asg!)).toBeCloseTo(0.527, 9);
    const idle = costParts(asg!).find((part) => part.name === 'compute, CPU idle');
    expect(idle?.usd).toBeCloseTo(148 * 0.72 * 0.527, 9);
  });

  it('takes the nodes where there are nodes', () => {
    const { unit, ...capacity } = eks!.capacity;
    expect(unit).toBe('pods');
    const idle = { utilization: 0.25, unrequestedFraction: 0.5, unusedFraction: 0.25 };
    expect(idleComputeShare({ ...eks!, hosts: { ...capacity, ...idle } })).toBe(0.75);
  });
});
