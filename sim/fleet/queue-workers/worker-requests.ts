// Hot: called for every message. No allocation, no closures.
import type { Observation } from '../../observe/observation.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { requestsOfBytes } from '../event-sources/queue-requests.ts';

/**
 * What a queue that workers read is charged for. Senders send one message a call; a worker receives up to ten
 * in one call, and deletes each by a call of its own when it is through with it.
 */
export class WorkerRequests {
  private readonly bytes: Float64Array;
  private sends = 0;
  private receives = 0;
  private deletes = 0;
  /** What the call under way has received so far. */
  private bytesOfCall = 0;

  constructor(program: ProgramBase) {
    this.bytes = Float64Array.from(program.workloads, (each) => each.payloadInBytes);
  }

  sent(workload: number): void {
    this.sends += requestsOfBytes(this.bytes[workload]!);
  }

  /** A message is received by the call that is under way. */
  received(workload: number): void {
    this.bytesOfCall += this.bytes[workload]!;
  }

  /** The call is over: it has received something. */
  returned(): void {
    this.receives += requestsOfBytes(this.bytesOfCall);
    this.bytesOfCall = 0;
  }

  deleted(): void {
    this.deletes++;
  }

  close({ usage }: Observation, emptyReceives: number): void {
    usage['queueSends.0'] = this.sends;
    usage['queueReceives.0'] = this.receives;
    usage['queueDeletes.0'] = this.deletes;
    usage['queueEmptyReceives.0'] = emptyReceives;
  }
}
