import type { Distribution } from '../../distributions/distribution.ts';
import { EventHeap } from '../../kernel/event-heap.ts';
import type { Random } from '../../kernel/random.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import type { PlacementHost, TaskSize } from './placement.ts';

/** One kind of container instance, in numbers. */
export interface HostPlan {
  readonly vcpus: number;
  /** What it registers with the cluster: less memory than the type has. */
  readonly registered: TaskSize;
  /** How many Availability Zones the hosts are spread over, in turn. */
  readonly zones: number;
  /** From the order to the running state (not billed), then to the registration with the cluster. */
  readonly pending: Distribution;
  readonly boot: Distribution;
}

/** A container instance; what placement sees of it changes as tasks come and go. */
export interface Host extends PlacementHost {
  readonly id: number;
  state: 'pending' | 'booting' | 'registered' | 'gone';
  freeCpu: number;
  freeMemory: number;
  tasks: number;
  /** Places taken, by tasks that are being stopped too. */
  places: number;
  /** When each of the service's images is, or will be, on it; none before its first pull. */
  readonly imagesAt: number[];
  span: number;
  /** Its position among the registered ones. */
  position: number;
}

/** The container instances of a cluster through their lives: ordered, running, registered, terminated. */
export class Hosts {
  /** From running to gone, of every host that ran. */
  readonly spans: WorkerSpans = { startMicros: [], endMicros: [] };
  /** Registered ones, in the order in which they came. */
  readonly registered: Host[] = [];
  /** Those ordered and those there. */
  count = 0;
  private readonly plan: HostPlan;
  private readonly randoms: { pending: Random; boot: Random };
  private readonly byId: Host[] = [];
  private order = Float64Array.from({ length: 64 }, (_, id) => id);
  private readonly lifecycle = new EventHeap(this.order);

  constructor(plan: HostPlan, randoms: { pending: Random; boot: Random }) {
    this.plan = plan;
    this.randoms = randoms;
  }

  get nextAt(): number {
    return this.lifecycle.nextTime;
  }

  /** How many hosts have a task. */
  get inUse(): number {
    return this.registered.reduce((count, host) => count + (host.places > 0 ? 1 : 0), 0);
  }

  launch(now: number): void {
    const host = this.create();
    this.lifecycle.push(now + this.plan.pending.sample(this.randoms.pending), host.id);
  }

  /** A host that was there before the window began, with the image on it. */
  addWarm(): void {
    const host = this.create();
    this.run(host, 0);
    this.register(host);
    host.imagesAt[0] = 0;
  }

  /** Carries out what is due at `nextAt`. */
  step(): void {
    const now = this.lifecycle.nextTime;
    const host = this.byId[this.lifecycle.pop()]!;
    if (host.state === 'pending') {
      this.run(host, now);
      host.state = 'booting';
      this.lifecycle.push(now + this.plan.boot.sample(this.randoms.boot), host.id);
    } else if (host.state === 'booting') {
      this.register(host);
    }
  }

  /** Terminates so many hosts without a task, the newest first. */
  terminateEmpty(count: number, now: number): void {
    const leaving = this.registered.filter((host) => host.places === 0).slice(-count);
    for (const host of leaving) {
      host.state = 'gone';
      this.spans.endMicros[host.span] = now;
      this.registered.splice(this.registered.indexOf(host), 1);
      this.count--;
    }
    this.registered.forEach((host, position) => {
      host.position = position;
    });
  }

  private create(): Host {
    const id = this.byId.length;
    const { registered, zones } = this.plan;
    const host: Host = {
      id,
      zone: id % zones,
      state: 'pending',
      freeCpu: registered.cpu,
      freeMemory: registered.memory,
      tasks: 0,
      places: 0,
      imagesAt: [],
      span: -1,
      position: -1,
    };
    this.byId.push(host);
    this.count++;
    if (id >= this.order.length) this.growOrder();
    return host;
  }

  private growOrder(): void {
    const known = this.order.length;
    this.order = grownFloat64(this.order, known * 2);
    for (let each = known; each < this.order.length; each++) this.order[each] = each;
    this.lifecycle.order = this.order;
  }

  private run(host: Host, now: number): void {
    host.span = this.spans.startMicros.length;
    this.spans.startMicros.push(now);
    this.spans.endMicros.push(Number.POSITIVE_INFINITY);
  }

  private register(host: Host): void {
    host.state = 'registered';
    host.position = this.registered.length;
    this.registered.push(host);
  }
}
