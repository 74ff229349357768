// Rules of kubernetes/autoscaler cluster-autoscaler/expander (waste.go, mostpods.go, priority.go), restated.
import { describe, expect, it } from 'vitest';
import { bestOptions, type ExpanderName } from '../../../sim/fleet/kubernetes/cluster-autoscaler/expander.ts';

const GIB = 1024 ** 3;
const group = (cpuMilli: number, memoryGib: number, priority = 0) => {
  return { cpuMilli, memoryBytes: memoryGib * GIB, priority };
};
const pod = { cpuMilli: 1000, memoryBytes: GIB };
/** Two vCPUs and 8 GiB, four and 8, eight and 16. */
const groups = [group(2000, 8, 10), group(4000, 8, 50), group(8000, 16, 50)];
const chosen = (expander: ExpanderName, options: [group: number, pods: number, nodes: number][]) => {
  const all = options.map(([group, pods, nodes]) => ({ group, pods, nodes }));
  return bestOptions(expander, all, groups, pod).map((option) => option.group);
};

describe('least-waste', () => {
  it('adds up the shares of CPU and memory that new nodes leave idle', () => {
    // Three pods: 2 × (2, 8) waste 1/4 + 13/16, 1 × (4, 8) wastes 1/4 + 5/8, 1 × (8, 16) 5/8 + 13/16.
    expect(
      chosen('least-waste', [
        [0, 3, 2],
        [1, 3, 1],
        [2, 3, 1],
      ]),
    ).toEqual([1]);
  });

  it('looks at shares, so that two of a kind are as good as one of twice the size', () => {
    expect(
      chosen('least-waste', [
        [1, 8, 2],
        [2, 8, 1],
      ]),
    ).toEqual([1, 2]);
  });

  it('takes a group that is nearly full when what it still may have is used better', () => {
    // One more node of two vCPUs for one of the pods: 1/2 + 7/8 are idle; of (8, 16) 5/8 + 13/16.
    expect(
      chosen('least-waste', [
        [0, 1, 1],
        [2, 3, 1],
      ]),
    ).toEqual([0]);
  });
});

describe('the other expanders', () => {
  const options: [number, number, number][] = [
    [0, 1, 1],
    [1, 4, 1],
    [2, 4, 1],
  ];

  it('most-pods takes what helps most pods', () => {
    expect(chosen('most-pods', options)).toEqual([1, 2]);
  });

  it('priority takes the highest number', () => {
    expect(chosen('priority', options)).toEqual([1, 2]);
    expect(chosen('priority', options.slice(0, 1))).toEqual([0]);
  });

  it('random takes any', () => {
    expect(chosen('random', options)).toEqual([0, 1, 2]);
  });

  it('none has a choice where no group may grow', () => {
    expect(chosen('least-waste', [])).toEqual([]);
  });
});
