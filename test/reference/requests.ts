import { openRandom, type Random } from '../../sim/kernel/random.ts';
import type { ClosedStreamPlan, OpenStreamPlan } from '../../sim/traffic/traffic.ts';
import type { ProgramBase } from '../../sim/workload/program.ts';
import type { WorkloadPlan } from '../../sim/workload/workload.ts';
import { type Agenda, ARRIVAL } from './agenda.ts';

/** What one request needs. */
export interface Needs {
  readonly cpu: number;
  readonly wait: number;
  /** Infinity when the client waits for ever. */
  readonly patience: number;
  readonly isFaulty: boolean;
}

/** A request at the moment of its arrival. */
export interface Request extends Needs {
  readonly at: number;
  /** Index of its workload. */
  readonly workload: number;
  /** Tells its sender, if that is a user, that it ended. */
  ended(at: number, failed: boolean): void;
}

/** A user whose request failed waits at least 100 ms. */
const PAUSE_AFTER_FAILURE_MICROS = 100_000;

function needs(
  workload: WorkloadPlan,
  randoms: Record<'cpu' | 'wait' | 'patience' | 'fails', Random>,
): Needs {
  return {
    cpu: workload.cpu.sample(randoms.cpu),
    wait: workload.wait.sample(randoms.wait),
    patience:
      workload.patience === null ? Number.POSITIVE_INFINITY : workload.patience.sample(randoms.patience),
    isFaulty: workload.errorRate > 0 && randoms.fails() < workload.errorRate,
  };
}

/** Puts every request of the open streams, and the first of every user, on the agenda. */
export function announceRequests(
  program: ProgramBase,
  replication: number,
  agenda: Agenda,
  arrive: (request: Request) => void,
): void {
  const streams = program.streams.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const open = streams.filter((stream): stream is OpenStreamPlan => stream.kind === 'open');
  const closed = streams.filter((stream): stream is ClosedStreamPlan => stream.kind === 'closed');
  open.forEach((stream, index) => {
    openRequests(program, replication, stream).forEach((request, sequence) => {
      agenda.add({ at: request.at, phase: ARRIVAL, rank: [0, index, sequence], run: () => arrive(request) });
    });
  });
  let userNumber = 0;
  for (const stream of closed) {
    for (let index = 0; index < stream.users.length; index++) {
      new User(program, replication, stream, index).comeAndGo(agenda, userNumber++, arrive);
    }
  }
}

/** The requests of an open stream within the window. */
export function openRequests(program: ProgramBase, replication: number, stream: OpenStreamPlan): Request[] {
  const random = (purpose: string) => openRandom(program.seed, replication, purpose, stream.name);
  const randoms = {
    cpu: random('cpu'),
    wait: random('wait'),
    patience: random('patience'),
    fails: random('fails'),
  };
  const workload = program.workloads.findIndex((each) => each.name === stream.workload);
  const process = stream.open(random);
  const requests: Request[] = [];
  const time = new Float64Array(1);
  while (process.fill(time, 1) === 1 && time[0]! < program.windowMicros) {
    const drawn = needs(program.workloads[workload]!, randoms);
    requests.push({ at: time[0]!, workload, ...drawn, ended: () => {} });
  }
  return requests;
}

/** A virtual user: request, answer, think time, request, … while it is present. */
export class User {
  private readonly stream: ClosedStreamPlan;
  private readonly number: number;
  private readonly random: Random;
  private readonly program: ProgramBase;

  constructor(program: ProgramBase, replication: number, stream: ClosedStreamPlan, number: number) {
    this.program = program;
    this.stream = stream;
    this.number = number;
    this.random = openRandom(program.seed, replication, 'user', stream.name, String(number));
  }

  comeAndGo(agenda: Agenda, rank: number, arrive: (request: Request) => void): void {
    const send = (at: number) => {
      agenda.add({ at, phase: ARRIVAL, rank: [1, rank, 0], run: () => arrive(this.request(at, send)) });
    };
    const first = this.stream.users[this.number]![0];
    if (first !== undefined) send(first.startMicros);
  }

  /** All that a user draws comes from one stream of its own, in the order in which it is needed. */
  private request(at: number, sendNext: (at: number) => void): Request {
    const { random, program, stream } = this;
    const workload = program.workloads.findIndex((each) => each.name === stream.workload);
    const randoms = { cpu: random, wait: random, patience: random, fails: random };
    return {
      at,
      workload,
      ...needs(program.workloads[workload]!, randoms),
      ended: (answeredAt, failed) => {
        const think = stream.thinkTime.sample(random);
        const pause = failed ? Math.max(think, PAUSE_AFTER_FAILURE_MICROS) : think;
        // Nobody sends two requests within one microsecond.
        const ready = Math.max(answeredAt + pause, at + 1);
        const presence = stream.users[this.number]!.find((span) => span.stopMicros > ready);
        if (presence !== undefined) sendNext(Math.max(ready, presence.startMicros));
      },
    };
  }
}
