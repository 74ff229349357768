import { describe, expect, it } from 'vitest';
import { ScenarioError } from '../../sim/problems/problem.ts';
import { prepare } from '../../sim/simulate.ts';
import { onPlatform } from './resolved-cases.ts';

/** The remedies of a platform that is refused. */
function remediesOf(options: string, workload?: string): string[] {
  try {
    prepare(onPlatform(options, workload));
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ help }) => help ?? '');
  }
}

const large = 'workload: { cpu: 20ms, memory: 3GiB }';

describe('a remedy names the default that a refusal rests on', () => {
  it.each([
    [
      'type: ec2, instanceType: c7g.large, desiredCapacity: 3, maxSize: 2',
      'minSize is 1, desiredCapacity is minSize',
    ],
    ['type: ec2, instanceType: c7g.large, minSize: 0', 'maxSize is minSize when it is not given'],
    [
      'type: ec2, instanceType: c7g.large, natGateway: {}',
      'publicIpv4: false`, which is true when it is not given',
    ],
    ['type: ecs, cpu: 256, memory: 512, minCapacity: 5, desiredCount: 3', 'both limits are desiredCount'],
    ['type: ecs, cpu: 256, memory: 512, desiredCount: 0', 'maxCapacity is desiredCount when not given'],
    [
      'type: eks, nodes: { type: fargate }, hpa: { maxReplicas: 3 }',
      'without `metrics` an HPA holds CPU at 80 %',
    ],
    ['type: lambda, invocation: sqs, eventSource: { batchSize: 20 }', 'which is 0s when it is not given'],
    ['type: lambda, reservedConcurrentExecutions: 950', 'which is 1000 when it is not given'],
  ])('{ %s }', (options, words) => {
    expect(remediesOf(options).join('\n')).toContain(words);
  });

  it('memorySize of a function, only where it is the default', () => {
    const words = 'it is 1769 when it is not given';
    expect(remediesOf('type: lambda', large).join()).toContain(words);
    expect(remediesOf('type: lambda, memorySize: 512', large).join()).not.toContain(words);
  });
});
