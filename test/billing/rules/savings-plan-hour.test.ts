import { describe, expect, it } from 'vitest';
import { decimalFraction, roundHalfUpToCents, sum } from '../../../sim/billing/exact.ts';
import { applySavingsPlan, type PlanUsage } from '../../../sim/billing/rules/savings-plan-hour.ts';

function usage(priceId: string, quantity: string, onDemand: string, rate: string): PlanUsage {
  return {
    priceId,
    isUnusedCapacity: false,
    quantity: decimalFraction(quantity),
    onDemandUsd: decimalFraction(onDemand),
    rateUsd: decimalFraction(rate),
  };
}

/** The example's hour: r5.4xlarge, a Windows m5.24xlarge, Fargate, a million calls of Lambda. */
function exampleHour(r5: string): PlanUsage[] {
  return [
    usage('lambda.duration.x86', '1500000', '0.000015', '0.00001275'),
    usage('lambda.requests', '1000000', '0.0000002', '0.0000002'),
    usage('ec2.instance.m5.24xlarge.windows', '1', '10', '8.2'),
    usage('fargate.vcpu.x86', '400', '0.04', '0.03'),
    usage('fargate.memory.x86', '1600', '0.004', '0.003'),
    usage('ec2.instance.r5.4xlarge', r5, '1', '0.7'),
  ];
}

/** Dollars on demand of what a commitment leaves. */
function onDemandUsd(usages: readonly PlanUsage[], commitment: string) {
  const { covered, usedUsd } = applySavingsPlan(decimalFraction(commitment), usages);
  const left = usages.map((each, index) => each.quantity.sub(covered[index]!).mul(each.onDemandUsd));
  return { onDemand: sum(left), usedUsd, covered };
}

// Savings Plans User Guide, how Savings Plans apply to your usage.
describe('a Compute Savings Plan in one hour', () => {
  it('$50.00 covers everything: $47.13 are used, which would be $59.10 on demand', () => {
    const { onDemand, usedUsd } = onDemandUsd(exampleHour('4'), '50');
    expect(onDemand.toString()).toBe('0');
    expect(usedUsd.toString()).toBe('47.125');
    expect(roundHalfUpToCents(usedUsd)).toBe('47.13');
    expect(onDemandUsd(exampleHour('4'), '0').onDemand.toString()).toBe('59.1');
  });

  it('$2.00 covers 2.857 of four r5.4xlarge, the highest saving: $56.24 on demand', () => {
    const { onDemand, usedUsd, covered } = onDemandUsd(exampleHour('4'), '2');
    expect(covered.map((each) => each.toFraction())).toEqual(['0', '0', '0', '0', '0', '20/7']);
    expect(usedUsd.toString()).toBe('2');
    expect(roundHalfUpToCents(onDemand)).toBe('56.24');
    expect(onDemand.sub(decimalFraction('56.242857')).abs().valueOf()).toBeLessThan(5e-7);
  });

  it('$18.20 after two Reserved Instances: two r5.4xlarge and Fargate, $32.70 on demand', () => {
    const { onDemand, usedUsd, covered } = onDemandUsd(exampleHour('2'), '18.2');
    expect(usedUsd.toString()).toBe('18.2');
    expect(onDemand.toString()).toBe('32.7');
    expect(covered.map((each) => each.toString())).toEqual(['0', '0', '0', '400', '1600', '2']);
  });

  it('of equal savings the lowest rate comes first: memory of Fargate before its vCPUs', () => {
    const { covered } = onDemandUsd(exampleHour('0'), '4.8');
    expect(covered.map((each) => each.toString())).toEqual(['0', '0', '0', '0', '1600', '0']);
  });
});
