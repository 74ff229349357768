import { describe, expect, it } from 'vitest';
import { prepare } from '../../sim/simulate.ts';
import type { OpenStreamPlan } from '../../sim/traffic/traffic.ts';
import { OpenSource } from '../../sim/workload/open-source.ts';
import type { ProgramBase } from '../../sim/workload/program.ts';
import { RequestFeed } from '../../sim/workload/request-feed.ts';
import { openRequests } from '../reference/requests.ts';

const WORKLOADS = {
  big: {
    cpu: { distribution: 'exponential', mean: '1s' },
    wait: { distribution: 'uniform', min: '0s', max: '1s' },
    queueTimeout: { distribution: 'exponential', mean: '5s' },
    errorRate: 0.2,
  },
  small: { cpu: '10ms', wait: { distribution: 'exponential', mean: '20ms' } },
};

/** Rates whose evenly spaced requests often come at the same instant. */
const STREAMS = {
  a: { executor: 'constant-arrival-rate', rate: '50/s', arrivals: 'uniform', workload: 'small' },
  b: { executor: 'constant-arrival-rate', rate: '25/s', arrivals: 'uniform', workload: 'big' },
  c: { executor: 'constant-arrival-rate', rate: '30/s', workload: 'big' },
  d: {
    executor: 'constant-arrival-rate',
    rate: '5/s',
    arrivals: 'uniform',
    workload: 'small',
    duration: '7s',
  },
};

function compile(
  traffic: object,
  workloads: object = WORKLOADS,
  platforms: object = { it: { type: 'lambda' } },
): ProgramBase {
  return prepare({ version: 1, seed: 7, duration: '200s', workloads, traffic, platforms }).program.base;
}

interface Taken {
  readonly at: number;
  readonly workload: string;
  readonly needs: readonly number[];
  readonly user: number;
}

function head(feed: RequestFeed, program: ProgramBase): Taken {
  const { nextAt, workload, cpu, wait, patience, fails, user } = feed;
  return {
    at: nextAt,
    workload: program.workloads[workload]!.name,
    needs: [cpu, wait, patience, fails],
    user,
  };
}

/** All requests of the window; each user's takes as long as `answer` says. */
function takeAll(program: ProgramBase, answer: (request: Taken) => number = () => 0): Taken[] {
  const feed = new RequestFeed(program, 0);
  const taken: Taken[] = [];
  while (feed.nextAt < program.windowMicros) {
    const request = head(feed, program);
    taken.push(request);
    feed.advance();
    if (request.user >= 0) feed.userDone(request.user, request.at + answer(request), false);
  }
  return taken;
}

describe('open streams', () => {
  it('are merged by time, then by name, and each keeps its order', () => {
    const program = compile(STREAMS);
    const expected = program.streams
      .flatMap((stream, place) =>
        openRequests(program, 0, stream as OpenStreamPlan).map((each) => ({ ...each, place })),
      )
      .sort((a, b) => a.at - b.at || a.place - b.place)
      .map(({ at, workload, cpu, wait, patience, isFaulty }) => ({
        at,
        workload: program.workloads[workload]!.name,
        needs: [cpu, wait, patience, isFaulty ? 1 : 0],
        user: -1,
      }));
    expect(expected.length).toBeGreaterThan(20_000);
    expect(takeAll(program)).toEqual(expected);
  });

  it('are the same whatever the order of the file', () => {
    const backwards = (keys: object) => Object.fromEntries(Object.entries(keys).reverse());
    const program = compile(STREAMS);
    expect(takeAll(compile(backwards(STREAMS), backwards(WORKLOADS)))).toEqual(takeAll(program));
  });

  it('are the same whatever the size of the blocks in which they are drawn', () => {
    const program = compile({ c: STREAMS.c });
    const stream = program.streams[0] as OpenStreamPlan;
    const inBlocks = (blockSize: number) => {
      const workload = program.workloads.findIndex((each) => each.name === 'big');
      const source = new OpenSource(stream, program.workloads[workload]!, workload, {
        seed: 7,
        replication: 0,
        blockSize,
      });
      const rows: number[][] = [];
      do {
        for (let row = 0; row < source.filled; row++) {
          rows.push([
            source.at[row]!,
            source.cpu[row]!,
            source.wait[row]!,
            source.patience[row]!,
            source.fails[row]!,
          ]);
        }
      } while (source.refill());
      return rows;
    };
    const whole = inBlocks(10_000);
    expect(whole.length).toBeGreaterThan(5000);
    for (const blockSize of [1, 16, 997, whole.length]) expect(inBlocks(blockSize)).toEqual(whole);
  });

  it('do not change when another stream comes in beside them', () => {
    const alone = takeAll(compile({ c: STREAMS.c }));
    const among = takeAll(compile(STREAMS));
    const times = new Set(alone.map(({ at }) => at));
    const found = among.filter((each) => each.workload === 'big' && times.has(each.at));
    expect(
      found.filter((each) => alone.some((one) => one.at === each.at && one.needs[0] === each.needs[0])),
    ).toHaveLength(alone.length);
  });
});

const USERS = {
  x: {
    executor: 'constant-vus',
    vus: 3,
    thinkTime: { distribution: 'exponential', mean: '1s' },
    workload: 'big',
  },
  y: {
    executor: 'ramping-vus',
    startVUs: 2,
    stages: [{ duration: '100s', target: 5 }],
    thinkTime: '500ms',
    workload: 'small',
  },
};

/** What each user asked for, iteration by iteration. */
function byUser(taken: readonly Taken[]): Map<number, (readonly number[])[]> {
  const requests = new Map<number, (readonly number[])[]>();
  for (const { user, needs } of taken) requests.set(user, [...(requests.get(user) ?? []), needs]);
  return requests;
}

describe('virtual users', () => {
  it('ask for the same on a fast and on a slow platform, iteration by iteration', () => {
    const program = compile(USERS);
    const fast = byUser(takeAll(program, () => 1000));
    const slow = byUser(takeAll(program, ({ at }) => 2_000_000 + (at % 7)));
    expect([...slow.keys()].sort()).toEqual([...fast.keys()].sort());
    for (const [user, requests] of slow) {
      expect(requests.length).toBeGreaterThan(1);
      expect(requests.length).toBeLessThan(fast.get(user)!.length);
      expect(fast.get(user)!.slice(0, requests.length)).toEqual(requests);
    }
  });

  it('come after open streams at one instant, and in the order of their streams and numbers', () => {
    const program = compile({
      z: { executor: 'constant-arrival-rate', rate: '1/s', arrivals: 'uniform', workload: 'small' },
      a: { executor: 'constant-vus', vus: 2, thinkTime: '1s', workload: 'small' },
      b: { executor: 'constant-vus', vus: 2, thinkTime: '500ms', workload: 'big' },
    });
    // Answers take so long that users of both streams are due at every whole second, whoever was told first.
    const taken = takeAll(program, ({ user }) => (user >= 2 ? 500_000 : 0));
    for (let second = 0; second < 200; second++) {
      const users = taken.filter(({ at }) => at === second * 1_000_000).map(({ user }) => user);
      expect(users).toEqual([-1, 0, 1, 2, 3]);
    }
  });

  it('who have been taken for the next request give way to one who comes sooner, and lose no draw', () => {
    const program = compile({ x: { ...USERS.x, vus: 2, thinkTime: '1s' } });
    const orderly = byUser(takeAll(program, () => 0));
    const feed = new RequestFeed(program, 0);
    const seen: Taken[] = [];
    for (let count = 0; count < 40; count++) {
      seen.push(head(feed, program));
      feed.advance();
      // The other user is at the head by now; this one comes back before or after it, in turns.
      feed.userDone(seen.at(-1)!.user, seen.at(-1)!.at - (count % 3 === 0 ? 900_000 : -700_000), false);
    }
    for (const [user, requests] of byUser(seen))
      expect(orderly.get(user)!.slice(0, requests.length)).toEqual(requests);
    expect(seen.length).toBe(40);
  });

  it('wait a tenth of a second after a failure, however short their think time', () => {
    const program = compile({ x: { ...USERS.x, vus: 1, thinkTime: '1ms' } });
    const feed = new RequestFeed(program, 0);
    feed.advance();
    feed.userDone(0, 5_000, true);
    expect(feed.nextAt).toBe(105_000);
    feed.advance();
    feed.userDone(0, 200_000, false);
    expect(feed.nextAt).toBe(201_000);
  });

  it('send nothing after they have left, and come back with their next presence', () => {
    const stages = [
      { duration: '10s', target: 1 },
      { duration: '0s', target: 0 },
      { duration: '30s', target: 0 },
      { duration: '0s', target: 1 },
      { duration: '10s', target: 1 },
    ];
    const program = compile({
      x: { executor: 'ramping-vus', startVUs: 1, stages, thinkTime: '4s', workload: 'small' },
    });
    expect(takeAll(program).map(({ at }) => at / 1e6)).toEqual([0, 4, 8, 40, 44, 48]);
  });

  it('let the clock go on even when neither work nor thought takes any time', () => {
    const program = compile(
      { x: { executor: 'constant-vus', vus: 1, workload: 'none' } },
      { none: { cpu: '0s' } },
    );
    const feed = new RequestFeed(program, 0);
    for (let count = 0; count < 5; count++) {
      expect(feed.nextAt).toBe(count);
      feed.advance();
      feed.userDone(0, count, false);
    }
  });
});
