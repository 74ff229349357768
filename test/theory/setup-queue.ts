import { openDistribution } from '../../sim/distributions/index.ts';
import { IndexedHeap } from '../../sim/kernel/indexed-heap.ts';
import { openRandom, type Random } from '../../sim/kernel/random.ts';

/** Rates in 1/s, times in seconds. */
export interface SetupQueuePlan {
  readonly servers: number;
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly setup: number;
  readonly setupLaw: 'exponential' | 'constant';
  /** How long a server without work stays on: exponential; 0 for not at all. */
  readonly delayOff: number;
}

export interface SetupQueueFigures {
  /** Mean time in system, seconds. */
  readonly sojourn: number;
  /** Mean numbers of servers that are on, busy or idle, and in set-up. */
  readonly on: number;
  readonly inSetup: number;
}

const OFF = 0;
const SETUP = 1;
const BUSY = 2;
const IDLE = 3;
const MICROS_PER_SECOND = 1e6;
const NEVER = () => '';

/**
 * One line of requests before servers that an ideal policy starts and stops: a server is set up for every
 * request that waits, as long as there are servers that are off; set-ups that nobody waits for any more are
 * called off; a server without work goes off after a while. Made of the kernel's clock, heap and streams.
 */
export class SetupQueue {
  private readonly plan: SetupQueuePlan;
  private readonly events: IndexedHeap;
  private readonly state: Uint8Array;
  private readonly startedAt: Float64Array;
  private readonly waiting: number[] = [];
  private now = 0;
  private counts = [0, 0, 0, 0];
  private areaOn = 0;
  private areaSetup = 0;
  private sojourns = 0;
  private served = 0;
  private readonly draw: Record<'arrival' | 'service' | 'setup' | 'delayOff', () => number>;

  constructor(plan: SetupQueuePlan, seed: number) {
    this.plan = plan;
    this.events = new IndexedHeap(plan.servers);
    this.state = new Uint8Array(plan.servers);
    this.startedAt = new Float64Array(plan.servers);
    this.counts[OFF] = plan.servers;
    const law = (purpose: string, seconds: number, kind: 'exponential' | 'constant' = 'exponential') => {
      const random: Random = openRandom(seed, 0, purpose);
      const mean = `${seconds}s`;
      const spec =
        kind === 'constant' || seconds === 0 ? mean : ({ distribution: 'exponential', mean } as const);
      const distribution = openDistribution(spec, [], NEVER);
      return () => distribution.sample(random);
    };
    this.draw = {
      arrival: law('arrivals', 1 / plan.arrivalRate),
      service: law('service', 1 / plan.serviceRate),
      setup: law('setup', plan.setup, plan.setupLaw),
      delayOff: law('delay-off', plan.delayOff),
    };
  }

  /** Runs until so many requests have come; the first are not counted. */
  run(requests: number, unseen: number): SetupQueueFigures {
    let arrivalAt = this.draw.arrival();
    let seenFrom = 0;
    for (let arrived = 0; arrived < requests; ) {
      if (this.events.nextKey <= arrivalAt) {
        this.turn(this.events.nextId);
        continue;
      }
      this.pass(arrivalAt);
      this.arrive();
      arrivalAt = this.now + this.draw.arrival();
      if (++arrived !== unseen) continue;
      [this.areaOn, this.areaSetup, this.sojourns, this.served] = [0, 0, 0, 0];
      seenFrom = this.now;
    }
    const seen = this.now - seenFrom;
    const sojourn = this.sojourns / this.served / MICROS_PER_SECOND;
    return { sojourn, on: this.areaOn / seen, inSetup: this.areaSetup / seen };
  }

  private pass(to: number): void {
    const elapsed = to - this.now;
    this.areaOn += (this.counts[BUSY]! + this.counts[IDLE]!) * elapsed;
    this.areaSetup += this.counts[SETUP]! * elapsed;
    this.now = to;
  }

  private set(server: number, state: number, dueIn: number): void {
    this.counts[this.state[server]!]!--;
    this.counts[state]!++;
    this.state[server] = state;
    if (state === OFF) this.events.remove(server);
    else this.events.set(server, this.now + dueIn);
  }

  private arrive(): void {
    const idle = this.state.indexOf(IDLE);
    if (idle >= 0) {
      this.serve(idle, this.now);
      return;
    }
    this.waiting.push(this.now);
    const off = this.state.indexOf(OFF);
    if (off >= 0 && this.counts[SETUP]! < this.waiting.length) this.set(off, SETUP, this.draw.setup());
  }

  private serve(server: number, arrivedAt: number): void {
    this.startedAt[server] = arrivedAt;
    this.set(server, BUSY, this.draw.service());
  }

  /** A server has been set up, has done its work, or has been idle for long enough. */
  private turn(server: number): void {
    this.pass(this.events.nextKey);
    const before = this.state[server];
    if (before === BUSY) {
      this.sojourns += this.now - this.startedAt[server]!;
      this.served++;
    }
    if (before === IDLE) this.set(server, OFF, 0);
    else if (this.waiting.length > 0) this.serve(server, this.waiting.shift()!);
    else if (this.plan.delayOff === 0) this.set(server, OFF, 0);
    else this.set(server, IDLE, this.draw.delayOff());
    if (this.counts[SETUP]! > this.waiting.length) this.set(this.state.indexOf(SETUP), OFF, 0);
  }
}
