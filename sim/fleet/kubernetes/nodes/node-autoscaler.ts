import type { Node } from './node-fleet.ts';

/** Orders and removes nodes: the Cluster Autoscaler, or Karpenter. */
export interface NodeAutoscaler {
  /** When it acts next; Infinity when only pods or nodes can make it. */
  readonly nextAt: number;
  /** Acts. @param waiting pods that fit on no node that is ready */
  step(waiting: number): void;
  /** Told after every change how many pods fit on no node that is ready. */
  await(waiting: number, now: number): void;
  /** A node is to be emptied: asked after `step` until it says null. */
  takeDrained(): Node | null;
}
