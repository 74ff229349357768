import type { Distribution } from '../../distributions/distribution.ts';
import { EventHeap } from '../../kernel/event-heap.ts';
import type { Random } from '../../kernel/random.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import type { ZoneFault } from '../../workload/program.ts';
import type { PurchasePlan } from '../replicas/purchase-mix.ts';
import { SpotFleet } from '../replicas/spot-fleet.ts';
import { ZoneWatch } from '../replicas/zone-watch.ts';
import type { PlacementHost, TaskSize } from './placement.ts';

/** One kind of container instance, in numbers. */
export interface HostPlan {
  readonly vcpus: number;
  /** What it registers with the cluster: less memory than the type has. */
  readonly registered: TaskSize;
  /** Letters of the Availability Zones that the hosts are spread over, and what happens to zones. */
  readonly zones: readonly string[];
  readonly faults: readonly ZoneFault[];
  /** Null: all on demand. */
  readonly purchase: PurchasePlan | null;
  /** Whether a host that is to be taken away gets no more tasks and gives up those that it has. */
  readonly drainsAtNotice: boolean;
  /** From the order to the running state (not billed), then to the registration with the cluster. */
  readonly pending: Distribution;
  readonly boot: Distribution;
}

/** A container instance; what placement sees of it changes as tasks come and go. */
export interface Host extends PlacementHost {
  readonly id: number;
  zone: number;
  state: 'pending' | 'booting' | 'registered' | 'draining' | 'gone';
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

/** What has become of hosts by a change. */
export interface HostChange {
  /** Gone with all that they held. */
  readonly lost: readonly Host[];
  /** Their tasks are to leave them. */
  readonly draining: readonly Host[];
}

const NO_CHANGE: HostChange = { lost: [], draining: [] };
/** A host that is ordered and cannot start, for there is no zone. */
const NO_ZONE = -1;

/**
 * The container instances of a cluster through their lives: ordered, running, registered, terminated. A new
 * one goes to the zone with fewest; one that is lost with its zone is replaced at once, where there is
 * another zone (Amazon EC2 Auto Scaling User Guide, "Instance distribution" and "Health checks", 2023-05). A
 * Spot host that AWS wants back is drained for the two minutes of the notice (Amazon ECS Developer Guide,
 * "Spot Instance notices", 2025).
 */
export class Hosts {
  /** From running to gone, of every host that ran. */
  readonly spans: WorkerSpans = { startMicros: [], endMicros: [], isSpot: [] };
  /** Registered ones, in the order in which they came. */
  readonly registered: Host[] = [];
  /** Those ordered and those there. */
  count = 0;
  private readonly plan: HostPlan;
  private readonly randoms: { pending: Random; boot: Random };
  private readonly byId: Host[] = [];
  private order = Float64Array.from({ length: 64 }, (_, id) => id);
  private readonly lifecycle = new EventHeap(this.order);
  private readonly watch: ZoneWatch;
  private readonly spot: SpotFleet;

  constructor(plan: HostPlan, randoms: { pending: Random; boot: Random; interruption: Random }) {
    this.plan = plan;
    this.randoms = randoms;
    this.watch = new ZoneWatch(plan.zones, plan.faults);
    this.watch.zones.grow(this.order.length);
    this.spot = new SpotFleet(plan.purchase, randoms.interruption);
    this.spot.grow(this.order.length, this.order);
  }

  get nextAt(): number {
    return Math.min(this.lifecycle.nextTime, this.watch.nextAt, this.spot.nextNoticeAt);
  }

  /** How many hosts have a task. */
  get inUse(): number {
    return this.registered.reduce((count, host) => count + (host.places > 0 ? 1 : 0), 0);
  }

  launch(now: number): void {
    this.start(this.create(), now);
  }

  /** A host that was there before the window began, with the image on it. */
  addWarm(): void {
    const host = this.create();
    this.enterZone(host);
    this.run(host, 0);
    this.register(host);
    host.imagesAt[0] = 0;
  }

  /** Carries out what is due at `nextAt`. */
  step(): HostChange {
    const now = this.nextAt;
    if (now === this.watch.nextAt) return this.changeZones(now);
    if (now === this.spot.nextNoticeAt) return this.notice(now);
    const host = this.byId[this.lifecycle.pop()]!;
    if (host.state === 'gone') return NO_CHANGE;
    if (now === this.spot.takenFrom(host.id)) {
      this.lose(host, now);
      return { lost: [host], draining: [] };
    }
    if (host.state === 'pending') {
      this.run(host, now);
      host.state = 'booting';
      this.lifecycle.push(now + this.plan.boot.sample(this.randoms.boot), host.id);
    } else if (host.state === 'booting') {
      this.register(host);
    }
    return NO_CHANGE;
  }

  /**
   * Terminates so many hosts without a task: of the zone with most hosts, and of the kind, on demand or Spot,
   * that there are too many of, the newest first.
   */
  terminateEmpty(count: number, now: number): void {
    const { watch, spot } = this;
    for (let left = count; left > 0; left--) {
      const empty = this.registered.filter((host) => host.places === 0);
      const most = empty.reduce((top, host) => Math.max(top, watch.zones.count(host.zone)), 0);
      const inFullest = empty.filter((host) => watch.zones.count(host.zone) === most);
      const ofKind = inFullest.filter(({ id }) => spot.isSpot(id) !== spot.removesOnDemand);
      const leaving = ofKind.at(-1) ?? inFullest.at(-1);
      if (leaving === undefined) return;
      this.end(leaving, now);
      this.count--;
    }
  }

  /** The zone that is lost takes its hosts; one that is there again takes those that had none. */
  private changeZones(now: number): HostChange {
    if (!this.watch.step()) {
      for (const host of this.byId)
        if (host.state === 'pending' && host.zone === NO_ZONE) this.start(host, now);
      return NO_CHANGE;
    }
    const lost = this.byId.filter(
      ({ id, state, zone }) => state !== 'gone' && zone !== NO_ZONE && this.watch.zones.isLostWith(id),
    );
    for (const host of lost) this.lose(host, now);
    return { lost, draining: [] };
  }

  /** AWS wants a host back in two minutes. */
  private notice(now: number): HostChange {
    const id = this.spot.takeNotice();
    if (id < 0) return NO_CHANGE;
    const host = this.byId[id]!;
    this.lifecycle.push(this.spot.take(id, now), id);
    this.leave(id);
    if (this.spot.replacesAtNotice) this.replace(now);
    if (!this.plan.drainsAtNotice) return NO_CHANGE;
    this.unregister(host);
    host.state = 'draining';
    return { lost: [], draining: [host] };
  }

  /** A host is gone against the group's will, which orders another unless it has done so at the notice. */
  private lose(host: Host, now: number): void {
    const isReplaced = this.spot.takenFrom(host.id) < Number.POSITIVE_INFINITY && this.spot.replacesAtNotice;
    this.end(host, now);
    if (!isReplaced) this.replace(now);
  }

  private replace(now: number): void {
    this.count--;
    this.launch(now);
  }

  private start(host: Host, now: number): void {
    if (!this.watch.zones.canLaunch) return;
    this.enterZone(host);
    this.lifecycle.push(now + this.plan.pending.sample(this.randoms.pending), host.id);
  }

  private enterZone(host: Host): void {
    this.watch.zones.order(host.id);
    host.zone = this.watch.zones.of(host.id);
  }

  private end(host: Host, now: number): void {
    if (host.span >= 0) this.spans.endMicros[host.span] = now;
    if (this.spot.takenFrom(host.id) === Number.POSITIVE_INFINITY) this.leave(host.id);
    this.spot.end(host.id);
    this.unregister(host);
    host.state = 'gone';
  }

  /** A host does not count any more where the next one is to go, and of which kind. */
  private leave(id: number): void {
    this.watch.zones.leave(id);
    this.spot.leave(id);
  }

  private unregister(host: Host): void {
    if (host.position < 0) return;
    this.registered.splice(host.position, 1);
    this.registered.forEach((each, position) => {
      each.position = position;
    });
    host.position = -1;
  }

  private create(): Host {
    const id = this.byId.length;
    const { registered } = this.plan;
    const host: Host = {
      id,
      zone: NO_ZONE,
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
    this.spot.order(id);
    return host;
  }

  private growOrder(): void {
    const known = this.order.length;
    this.order = grownFloat64(this.order, known * 2);
    for (let each = known; each < this.order.length; each++) this.order[each] = each;
    this.lifecycle.order = this.order;
    this.watch.zones.grow(this.order.length);
    this.spot.grow(this.order.length, this.order);
  }

  private run(host: Host, now: number): void {
    this.spot.run(host.id, now);
    this.spans.isSpot!.push(this.spot.isSpot(host.id));
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
