import { describe, expect, it } from 'vitest';
import { prepare } from '../../sim/index.ts';
import { ScenarioError } from '../../sim/problems/problem.ts';

function codesOf(text: string): string[] {
  try {
    prepare(text);
  } catch (error) {
    if (error instanceof ScenarioError)
      return error.problems.map(({ code, path }) => `${code} ${path.join('.')}`);
    throw error;
  }
  return [];
}

describe('problems are told all at once', () => {
  it('those of form and those that show when words become numbers, in the order of the file', () => {
    const text = `version: 1
durration: 1h
workload: { cpu: 400ms, memory: 9GB }
traffic:
  web: { executor: constant-arrival-rate, rate: 5, duration: 40m }
  trace: { executor: replay, file: nowhere.csv, format: timestamps }
platforms:
  lambda: { type: lambda, memorySize: 99 }
  small: { type: ec2, instanceType: c7g.larg }
  group: { type: ec2, instanceType: c7g.4xlarge, minSize: 5, maxSize: 2, colour: red }
`;
    expect(codesOf(text)).toEqual([
      'unknown-key durration',
      'invalid-value traffic.web.rate',
      'missing-file traffic.trace.file',
      'invalid-value platforms.lambda.memorySize',
      'unknown-instance-type platforms.small.instanceType',
      'out-of-range platforms.group.minSize',
      'unknown-key platforms.group.colour',
    ]);
  });

  it('a missing trace does not hide a platform that cannot be', () => {
    const text = `version: 1
workload: { cpu: 400ms }
traffic: { trace: { executor: replay, file: nowhere.csv, format: timestamps } }
platforms: { small: { type: ec2, instanceType: c7g.larg } }
`;
    expect(codesOf(text)).toEqual([
      'missing-file traffic.trace.file',
      'unknown-instance-type platforms.small.instanceType',
    ]);
  });

  it.each([
    [
      'a region that is unknown says nothing of its instance types',
      'region: us-eats-1',
      'c7g.larg',
      'unknown-region region',
    ],
    [
      'no stream that is left says nothing of the window',
      'name: x',
      'c7g.large',
      'invalid-value traffic.web.rate',
    ],
  ])('%s', (_, head, type, expected) => {
    const text = `version: 1
${head}
workload: { cpu: 400ms }
traffic:
  web: { executor: constant-arrival-rate, rate: ${expected.startsWith('inv') ? '5' : '5/s'}, duration: 1m }
platforms: { small: { type: ec2, instanceType: ${type} } }
`;
    expect(codesOf(text)).toEqual([expected]);
  });
});
