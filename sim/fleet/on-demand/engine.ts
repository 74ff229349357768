// Hot: `advance` and `arrive` run for every request. No allocation, no closures.
import type { Observation } from '../../observe/observation.ts';
import { Recorder } from '../../observe/recorder.ts';
import type { ThrottleReason } from '../../observe/throttle-reason.ts';
import { RequestFeed } from '../../workload/request-feed.ts';
import { Clients } from '../clients.ts';
import type { Engine } from '../engine.ts';
import { Invoker } from './invoker.ts';
import type { OnDemandPlan } from './plan.ts';
import { RequestThrottle } from './request-throttle.ts';

/**
 * Environments that serve one request each and are started by the request that finds none idle: Lambda's
 * machine, invoked by requests that wait for their answer.
 */
export class OnDemandEngine implements Engine {
  nowMicros = 0;
  arrived = 0;
  private readonly plan: OnDemandPlan;
  private readonly feed: RequestFeed;
  private readonly recorder: Recorder;
  private readonly clients: Clients;
  private readonly invoker: Invoker;
  private readonly frontDoor: RequestThrottle | null;

  constructor(plan: OnDemandPlan, replication: number) {
    this.plan = plan;
    this.feed = new RequestFeed(plan.program, replication);
    this.recorder = new Recorder(plan.program, plan.frontDoorMicros);
    this.clients = new Clients(plan.program, plan.frontDoorMicros, this.feed, this.recorder);
    this.invoker = new Invoker(plan, replication, this.recorder);
    const { frontDoorThrottle } = plan;
    this.frontDoor =
      frontDoorThrottle === null ? null : new RequestThrottle(frontDoorThrottle, plan.functions.length);
  }

  advance(requests: number): boolean {
    const { feed, invoker } = this;
    const { completions, pool } = invoker;
    const { windowMicros } = this.plan.program;
    const stopAt = this.arrived + requests;
    let tickAt = invoker.nextTickAt;
    for (;;) {
      const arrivalAt = feed.nextAt;
      const completionAt = completions.nextTime;
      const next = completionAt <= arrivalAt ? completionAt : arrivalAt;
      if (pool.nextExpiry < next && pool.nextExpiry < tickAt && pool.nextExpiry < windowMicros) {
        invoker.expire();
      } else if (tickAt <= arrivalAt && tickAt < completionAt && tickAt < windowMicros) {
        invoker.tick();
        tickAt = invoker.nextTickAt;
      } else if (next >= windowMicros) {
        return this.close();
      } else if (completionAt <= arrivalAt) {
        invoker.complete();
      } else if (this.arrived === stopAt) {
        return false;
      } else {
        this.nowMicros = arrivalAt;
        this.arrived++;
        this.arrive(arrivalAt);
      }
    }
  }

  observation(): Observation {
    return this.recorder.observation;
  }

  private close(): true {
    const { recorder, plan } = this;
    this.nowMicros = plan.program.windowMicros;
    this.invoker.close(recorder.observation);
    this.frontDoor?.passed.forEach((count, index) => {
      recorder.observation.usage[`frontDoorRequests.${index}`] = count;
    });
    recorder.finish();
    return true;
  }

  private arrive(now: number): void {
    const { feed, clients, invoker } = this;
    const { workload: functionIndex, user } = feed;
    const ticket = clients.arrive(now);
    if (this.frontDoor !== null && !this.frontDoor.take(now, functionIndex)) {
      this.throttle(now, ticket, 'frontDoor');
      return;
    }
    if (!invoker.invoke(now, functionIndex, feed.cpu, feed.wait, this.arrived)) {
      this.throttle(now, ticket, invoker.throttleReason);
      return;
    }
    const failure = invoker.outcome ?? (feed.fails === 1 ? 'error' : null);
    clients.answer(now, invoker.endAt, functionIndex, failure, user, ticket);
    feed.advance();
  }

  /** The request that has just arrived is refused. */
  private throttle(now: number, ticket: number, reason: ThrottleReason): void {
    const { feed } = this;
    this.recorder.throttle(reason);
    this.clients.fail(now, now + this.plan.frontDoorMicros, 'throttled', feed.user, ticket);
    feed.advance();
  }
}
