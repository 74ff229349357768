// Hot: called for every invocation. No allocation but on growth, no closures.
import { grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { FailureKind } from '../../observe/failure-kind.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { Invoker } from '../on-demand/invoker.ts';

/**
 * What sources hand to their functions, and what came of it: which delivery an environment handles, and what
 * the senders of its events will find recorded.
 */
export class Deliveries {
  /** Of the invocation that ended last: its function, its delivery, whether it was stopped. */
  functionIndex = 0;
  delivery = 0;
  timedOut = false;
  private functionOf = new Int32Array(64);
  private deliveryOf = new Int32Array(64);
  private timedOutOf = new Uint8Array(64);
  private invocations = 0;
  private readonly invoker: Invoker;
  private readonly recorder: Recorder;

  constructor(invoker: Invoker, recorder: Recorder) {
    this.invoker = invoker;
    this.recorder = recorder;
  }

  /** @returns whether the function took it in; if not, it is throttled */
  deliver(
    now: number,
    functionIndex: number,
    cpuMicros: number,
    waitMicros: number,
    delivery: number,
  ): boolean {
    const { invoker, recorder } = this;
    recorder.passTo(now);
    if (!invoker.invoke(now, functionIndex, cpuMicros, waitMicros, ++this.invocations)) {
      recorder.throttle(invoker.throttleReason);
      return false;
    }
    const { environment } = invoker;
    if (environment >= this.functionOf.length) this.grow(environment);
    this.functionOf[environment] = functionIndex;
    this.deliveryOf[environment] = delivery;
    this.timedOutOf[environment] = invoker.outcome === 'timedOut' ? 1 : 0;
    recorder.invoked(now);
    return true;
  }

  /** The invocation that ends first has ended: what it was stands in the fields. */
  complete(): void {
    const environment = this.invoker.complete();
    this.functionIndex = this.functionOf[environment]!;
    this.delivery = this.deliveryOf[environment]!;
    this.timedOut = this.timedOutOf[environment] === 1;
  }

  /** An event that was sent at `sentAt` has been handled, by the invocation that ended last. */
  handled(sentAt: number, now: number): void {
    this.recorder.send(this.functionIndex);
    this.recorder.complete(sentAt, now - sentAt);
  }

  /** An event was too old for where it waited, and was deleted there. */
  agedOut(sentAt: number): void {
    this.recorder.fail(sentAt, 'agedOut');
  }

  /** An event is given up: it goes to a dead-letter queue. */
  giveUp(sentAt: number, kind: FailureKind): void {
    this.recorder.fail(sentAt, kind);
    this.recorder.observation.deadLetters++;
  }

  private grow(environment: number): void {
    let capacity = this.functionOf.length;
    while (capacity <= environment) capacity *= 2;
    this.functionOf = grownInt32(this.functionOf, capacity);
    this.deliveryOf = grownInt32(this.deliveryOf, capacity);
    this.timedOutOf = grownUint8(this.timedOutOf, capacity);
  }
}
