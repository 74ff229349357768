import { openRandom, type Random } from '../../sim/kernel/random.ts';
import type { FailureKind } from '../../sim/observe/failure-kind.ts';
import type { ClosedStreamPlan, OpenStreamPlan } from '../../sim/traffic/traffic.ts';
import type { ProgramBase } from '../../sim/workload/program.ts';
import type { WorkloadPlan } from '../../sim/workload/workload.ts';
import { type Agenda, ARRIVAL } from './agenda.ts';
import type { Journal, RequestNote } from './journal.ts';

/** What one request needs. */
export interface Needs {
  readonly cpu: number;
  readonly wait: number;
  /** Infinity when the client waits for ever. */
  readonly patience: number;
  readonly isFaulty: boolean;
}

/** A request as its sender makes it up. */
export interface Sent extends Needs {
  readonly at: number;
  /** Index of its workload. */
  readonly workload: number;
  /** Tells its sender, if that is a user, that it ended. */
  ended(at: number, failed: boolean): void;
}

/** One attempt of a request at the moment of its arrival. */
export interface Request extends Needs {
  readonly at: number;
  readonly workload: number;
  /** The client has its answer. */
  completed(at: number): void;
  /** The client knows of its failure: it sends the request again, or gives it up. */
  failed(at: number, kind: FailureKind): void;
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
  { agenda, journal }: { agenda: Agenda; journal: Journal },
  arrive: (request: Request) => void,
): void {
  const attempts = new Attempts(program, replication, { agenda, journal }, arrive);
  const streams = program.streams.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const open = streams.filter((stream): stream is OpenStreamPlan => stream.kind === 'open');
  const closed = streams.filter((stream): stream is ClosedStreamPlan => stream.kind === 'closed');
  open.forEach((stream, index) => {
    openRequests(program, replication, stream).forEach((request, sequence) => {
      const run = () => attempts.first(request);
      agenda.add({ at: request.at, phase: ARRIVAL, rank: [0, index, sequence], run });
    });
  });
  let userNumber = 0;
  for (const stream of closed) {
    for (let index = 0; index < stream.users.length; index++) {
      const user = new User(program, replication, stream, index);
      user.comeAndGo(agenda, userNumber++, (request) => attempts.first(request));
    }
  }
}

/** The attempts of all requests: what failed may come once more, after all that is new at that instant. */
class Attempts {
  private readonly program: ProgramBase;
  private readonly agenda: Agenda;
  private readonly journal: Journal;
  private readonly arrive: (request: Request) => void;
  private readonly randoms;
  private scheduled = 0;

  constructor(
    program: ProgramBase,
    replication: number,
    { agenda, journal }: { agenda: Agenda; journal: Journal },
    arrive: (request: Request) => void,
  ) {
    this.program = program;
    this.agenda = agenda;
    this.journal = journal;
    this.arrive = arrive;
    this.randoms = program.workloads.map(({ name }) => ({
      backoff: openRandom(program.seed, replication, 'retry-backoff', name),
      fails: openRandom(program.seed, replication, 'retry-fails', name),
    }));
  }

  first(sent: Sent): void {
    this.attempt(sent, this.journal.note(sent.at, sent.workload), sent.at, 1);
  }

  private attempt(sent: Sent, note: RequestNote, at: number, number: number): void {
    const { windowMicros } = this.program;
    this.arrive({
      ...sent,
      at,
      completed: (answeredAt) => {
        if (answeredAt <= windowMicros) {
          note.fate = 'completed';
          note.latency = answeredAt - note.at;
        }
        sent.ended(answeredAt, false);
      },
      failed: (failedAt, kind) => {
        if (this.retry(sent, note, failedAt, { kind, number })) return;
        note.fate = kind;
        sent.ended(failedAt, true);
      },
    });
  }

  /** Backoff as the AWS SDKs have it: base × multiplier to the power of the retries before, and jitter. */
  private retry(
    sent: Sent,
    note: RequestNote,
    failedAt: number,
    { kind, number }: { kind: FailureKind; number: number },
  ): boolean {
    const { retries, errorRate } = this.program.workloads[sent.workload]!;
    if (retries === null || number === retries.attempts || !retries.on.has(kind)) return false;
    const random = this.randoms[sent.workload]!;
    const backoff = retries.backoffMicros[number - 1]!;
    const waits = retries.jitter === 0 ? backoff : backoff * (1 - retries.jitter * random.backoff());
    const isFaulty = errorRate > 0 && random.fails() < errorRate;
    const at = failedAt + Math.round(waits);
    const run = () => this.attempt({ ...sent, isFaulty }, note, at, number + 1);
    this.agenda.add({ at, phase: ARRIVAL, rank: [2, this.scheduled++, 0], run });
    return true;
  }
}

/** The requests of an open stream within the window. */
export function openRequests(program: ProgramBase, replication: number, stream: OpenStreamPlan): Sent[] {
  const random = (purpose: string) => openRandom(program.seed, replication, purpose, stream.name);
  const randoms = {
    cpu: random('cpu'),
    wait: random('wait'),
    patience: random('patience'),
    fails: random('fails'),
  };
  const workload = program.workloads.findIndex((each) => each.name === stream.workload);
  const process = stream.open(random);
  const requests: Sent[] = [];
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

  comeAndGo(agenda: Agenda, rank: number, arrive: (request: Sent) => void): void {
    const send = (at: number) => {
      agenda.add({ at, phase: ARRIVAL, rank: [1, rank, 0], run: () => arrive(this.request(at, send)) });
    };
    const first = this.stream.users[this.number]![0];
    if (first !== undefined) send(first.startMicros);
  }

  /** All that a user draws comes from one stream of its own, in the order in which it is needed. */
  private request(at: number, sendNext: (at: number) => void): Sent {
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
