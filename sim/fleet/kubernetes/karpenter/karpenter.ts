import type { NodeAutoscaler } from '../nodes/node-autoscaler.ts';
import type { Node, NodeFleet } from '../nodes/node-fleet.ts';
import { type BatchWindow, batchEndsAt } from './batch-window.ts';
import {
  type ConsolidationCommand,
  type ConsolidationPolicy,
  findConsolidation,
  simulateRemoval,
} from './consolidation.ts';
import { allowedDisruptions } from './disruption-budget.ts';
import { nodesFor } from './provisioning.ts';

/** A NodePool and Karpenter's settings; times in microseconds, Infinity for never. */
export interface KarpenterPlan {
  readonly batch: BatchWindow;
  readonly policy: ConsolidationPolicy;
  readonly consolidateAfterMicros: number;
  /** Of `spec.disruption.budgets`, which all hold. */
  readonly budgets: readonly string[];
  readonly expireAfterMicros: number;
  /** How often it looks for something to consolidate, and how long it waits before it believes it. */
  readonly pollMicros: number;
  readonly validationMicros: number;
}

/** A command that has begun: its nodes take no more pods, and go when the new one is ready. */
interface Underway {
  readonly candidates: readonly Node[];
  readonly replacement: Node | null;
}

/**
 * Karpenter on one NodePool: makes nodes for batches of pending pods, and consolidates them.
 *
 * Source: kubernetes-sigs/karpenter (2026-08-20) for batching, packing, consolidation, budgets and expiry.
 */
export class Karpenter implements NodeAutoscaler {
  private readonly plan: KarpenterPlan;
  private readonly fleet: NodeFleet;
  private batchFirstAt = Number.POSITIVE_INFINITY;
  private batchLastAt = Number.POSITIVE_INFINITY;
  private waitingKnown = 0;
  private pollAt: number;
  private versionLooked = -1;
  /** A decision that waits for its validation. */
  private decided: ConsolidationCommand | null = null;
  private validateAt = Number.POSITIVE_INFINITY;
  private underway: Underway[] = [];
  private readonly drained: Node[] = [];

  constructor(plan: KarpenterPlan, fleet: NodeFleet) {
    this.plan = plan;
    this.fleet = fleet;
    this.pollAt = plan.pollMicros;
  }

  get nextAt(): number {
    return Math.min(this.batchEnd, this.pollAt, this.validateAt);
  }

  step(waiting: number): void {
    const now = this.nextAt;
    if (now === this.batchEnd) this.provision(waiting, now);
    else if (now === this.validateAt) this.validate(waiting, now);
    else this.poll(waiting, now);
  }

  await(waiting: number, now: number): void {
    if (waiting > this.waitingKnown) {
      if (this.batchFirstAt === Number.POSITIVE_INFINITY) this.batchFirstAt = now;
      this.batchLastAt = now;
    }
    this.waitingKnown = waiting;
    if (this.underway.length === 0) return;
    for (const { candidates, replacement } of this.underway) {
      if (replacement?.state === 'ready') this.drained.push(...candidates.filter(isThere));
      // Without its replacement a command is taken back.
      else if (replacement?.state === 'gone') for (const node of candidates) this.fleet.uncordon(node);
    }
    this.underway = this.underway.filter(
      ({ replacement }) => replacement?.state === 'pending' || replacement?.state === 'booting',
    );
  }

  takeDrained(): Node | null {
    return this.drained.pop() ?? null;
  }

  private get batchEnd(): number {
    if (this.batchFirstAt === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    return batchEndsAt(this.plan.batch, this.batchFirstAt, this.batchLastAt);
  }

  private provision(waiting: number, now: number): void {
    const { fleet } = this;
    this.batchFirstAt = Number.POSITIVE_INFINITY;
    const coming = fleet.live.filter(({ state }) => state === 'pending' || state === 'booting');
    const short = waiting - coming.reduce((sum, node) => sum + fleet.freeSlots(node), 0);
    if (short > 0) for (const type of nodesFor(short, fleet.types)) fleet.launch(type, now);
  }

  private poll(waiting: number, now: number): void {
    this.pollAt += this.plan.pollMicros;
    this.expire(now);
    const hasChanged = this.versionLooked !== this.fleet.version || this.plan.consolidateAfterMicros > 0;
    if (this.decided !== null || !hasChanged || this.plan.consolidateAfterMicros === Number.POSITIVE_INFINITY)
      return;
    this.versionLooked = this.fleet.version;
    this.decided = this.find(waiting, now);
    if (this.decided !== null) this.validateAt = now + this.plan.validationMicros;
  }

  private find(waiting: number, now: number): ConsolidationCommand | null {
    const { fleet, plan } = this;
    const eligible = fleet.live.filter(
      (node) => node.state === 'ready' && now - node.changedAt >= plan.consolidateAfterMicros,
    );
    if (eligible.length === 0) return null;
    const disrupted = fleet.live.filter(({ state }) => state === 'draining').length;
    const nodes = fleet.live.length;
    const allowed = plan.budgets.map((budget) => allowedDisruptions(budget, nodes, disrupted));
    return findConsolidation(fleet, plan.policy, eligible, Math.min(nodes, ...allowed), waiting);
  }

  /** Carries a decision out if it still holds. */
  private validate(waiting: number, now: number): void {
    const { fleet } = this;
    const { candidates, replacement } = this.decided!;
    this.decided = null;
    this.validateAt = Number.POSITIVE_INFINITY;
    this.versionLooked = -1;
    if (candidates.some((node) => node.state !== 'ready')) return;
    const wasEmpty = replacement === null && candidates.every((node) => fleet.podsOn(node) === 0);
    const command = simulateRemoval(fleet, candidates, waiting);
    if (command === null || (replacement === null && command.replacement !== null)) return;
    if (command.replacement === null) {
      this.drained.push(...candidates.filter((node) => !wasEmpty || fleet.podsOn(node) === 0));
      return;
    }
    for (const node of candidates) fleet.cordon(node);
    this.underway.push({ candidates, replacement: fleet.launch(command.replacement, now) });
  }

  /** Nodes past `expireAfter` are drained, whatever the budgets and without a replacement beforehand. */
  private expire(now: number): void {
    for (const node of this.fleet.live) {
      const isOld = now - node.orderedAt >= this.plan.expireAfterMicros;
      if (node.state === 'ready' && isOld) this.drained.push(node);
    }
  }
}

function isThere(node: Node): boolean {
  return node.state !== 'gone';
}
