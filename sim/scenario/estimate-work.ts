import type { ClosedStreamPlan, StreamPlan } from '../traffic/traffic.ts';
import type { Program } from './compile.ts';

/**
 * Requests that a run may take without being asked for: at some three million a second on one core that is
 * about ten minutes, as long as anyone waits for a command they may have mistyped.
 */
export const WORK_LIMIT_REQUESTS = 2_000_000_000;

/** How many requests a run is going to simulate, and the sentence that says so. */
export interface WorkEstimate {
  readonly requests: number;
  readonly text: string;
}

/**
 * Iterations that users can make: each takes at least its mean think time and its work without any
 * queueing.
 */
function expectedOfUsers(stream: ClosedStreamPlan, { base }: Program): number {
  const workload = base.workloads.find((each) => each.name === stream.workload);
  const workMicros = workload === undefined ? 0 : workload.cpu.meanMicros + workload.wait.meanMicros;
  let presentMicros = 0;
  for (const spans of stream.users) {
    for (const { startMicros, stopMicros } of spans) {
      presentMicros += Math.max(0, Math.min(stopMicros, base.windowMicros) - startMicros);
    }
  }
  return presentMicros / Math.max(1, stream.thinkTime.meanMicros + workMicros);
}

function expectedOf(stream: StreamPlan, program: Program): number {
  return stream.kind === 'open' ? stream.expectedRequests : expectedOfUsers(stream, program);
}

/** `12.3 million`, `850`: two or three digits, for a number that is an estimate. */
function about(count: number): string {
  const [scale, word] = count >= 1e9 ? [1e9, ' billion'] : count >= 1e6 ? [1e6, ' million'] : [1, ''];
  const scaled = count / scale;
  return `${scale === 1 || scaled >= 100 ? Math.round(scaled) : Math.round(scaled * 10) / 10}${word}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Expected requests × platforms × replications. */
export function estimateWork(program: Program): WorkEstimate {
  const each = program.base.streams.reduce((sum, stream) => sum + expectedOf(stream, program), 0);
  const { replications } = program.base;
  const platforms = program.platforms.length;
  const requests = each * platforms * replications;
  const factors = `${counted(platforms, 'platform')} × ${counted(replications, 'replication')}`;
  return { requests, text: `about ${about(each)} requests × ${factors} = ${about(requests)} requests` };
}
