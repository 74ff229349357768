// Hot: asked for every node that has changed. No allocation for the default weights.
import { leastAllocatedScore } from './least-allocated.ts';
import { mostAllocatedScore } from './most-allocated.ts';
import { requestedToCapacityRatioScore } from './requested-to-capacity-ratio.ts';
import { MAX_NODE_SCORE } from './resources.ts';
import type { ScoringStrategy } from './scheduler-profile.ts';

/**
 * `NodeResourcesFit` of a node as it would be with the pod on it: what `leastAllocatedScore` and its like
 * say, without their objects where cpu and memory count alike.
 */
export class FitScore {
  private readonly strategy: ScoringStrategy;
  /** Whether the two resources count alike, and how much is scored: what is left, or what is taken. */
  private readonly isEven: boolean;
  private readonly isLeast: boolean;

  constructor(strategy: ScoringStrategy) {
    const { type, weights } = strategy;
    const isPlain = Object.keys(weights).length === 2 && weights.cpu === weights.memory;
    this.strategy = strategy;
    this.isEven = isPlain && type !== 'RequestedToCapacityRatio';
    this.isLeast = type === 'LeastAllocated';
  }

  /**
   * @param cpu requested on the node with the pod, and what it has, in thousandths of a core
   * @param memory the same in bytes
   */
  of(cpu: number, cpuMilli: number, memory: number, memoryBytes: number): number {
    if (!this.isEven) return this.byRule(cpu, cpuMilli, memory, memoryBytes);
    return Math.trunc((this.scoreOf(cpu, cpuMilli) + this.scoreOf(memory, memoryBytes)) / 2);
  }

  private scoreOf(requested: number, allocatable: number): number {
    if (requested > allocatable) return this.isLeast ? 0 : MAX_NODE_SCORE;
    const counted = this.isLeast ? allocatable - requested : requested;
    return Math.trunc((counted * MAX_NODE_SCORE) / allocatable);
  }

  private byRule(cpu: number, cpuMilli: number, memory: number, memoryBytes: number): number {
    const { strategy } = this;
    const node = { allocatable: { cpu: cpuMilli, memory: memoryBytes }, requested: { cpu, memory } };
    switch (strategy.type) {
      case 'LeastAllocated':
        return leastAllocatedScore(node, {}, strategy.weights);
      case 'MostAllocated':
        return mostAllocatedScore(node, {}, strategy.weights);
      case 'RequestedToCapacityRatio':
        return requestedToCapacityRatioScore(node, {}, strategy.weights, strategy.shape);
    }
  }
}
