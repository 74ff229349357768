import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HostCpus, UNLIMITED } from '../../sim/fleet/replicas/host-cpus.ts';
import { Processors } from '../../sim/fleet/replicas/processors.ts';

/** Water-filling by the obvious way: hands out equal shares until all have enough or nothing is left. */
function waterFill(has: number, demands: readonly number[]): number[] {
  const given = demands.map(() => 0);
  let left = has;
  for (let round = 0; round < 200 && left > 1e-12; round++) {
    const thirsty = demands.flatMap((demand, index) => (given[index]! < demand - 1e-12 ? [index] : []));
    if (thirsty.length === 0) break;
    const share = left / thirsty.length;
    for (const index of thirsty) {
      const more = Math.min(share, demands[index]! - given[index]!);
      given[index]! += more;
      left -= more;
    }
  }
  return given;
}

test('a host is filled like water, and everyone whose grant changes is named', () => {
  const amount = fc.constantFrom(0, 0.25, 0.5, 1, 1.5, 2, 3, 4);
  const steps = fc.array(fc.tuple(fc.nat(5), amount), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 4), steps, (has, changes) => {
      const hosts = new HostCpus();
      hosts.grow(6);
      for (let worker = 0; worker < 6; worker++) hosts.join(worker, 3, has);
      const demands = Array(6).fill(0);
      const used = () => demands.map((demand, worker) => Math.min(demand, hosts.grantOf(worker)));
      for (const [worker, vcpus] of changes) {
        const before = used();
        demands[worker] = vcpus;
        const named = hosts.changed.slice(0, hosts.demand(worker, vcpus));
        const expected = waterFill(has, demands);
        used().forEach((each, index) => {
          expect(each).toBeCloseTo(expected[index]!, 9);
          if (Math.abs(each - before[index]!) > 1e-9 && index !== worker) expect(named).toContain(index);
        });
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('workers of different hosts do not meet, and one that left takes nothing', () => {
  const hosts = new HostCpus();
  hosts.grow(3);
  hosts.join(0, 0, 1);
  hosts.join(1, 0, 1);
  hosts.join(2, 1, 1);
  for (const worker of [0, 1, 2]) hosts.demand(worker, 1);
  expect([0, 1, 2].map((worker) => hosts.grantOf(worker))).toEqual([0.5, 0.5, UNLIMITED]);
  hosts.demand(1, 0);
  hosts.leave(1);
  expect(hosts.grantOf(0)).toBe(UNLIMITED);
});

/** When the requests of two workers on one host of one vCPU are through, in order. */
function ends(works: readonly (readonly [worker: number, at: number, work: number])[]): [number, number][] {
  const cpus = new Processors({ vcpus: 1, speed: 1, sharesHosts: true }, [1]);
  const order = Float64Array.from(works, (_, row) => row);
  cpus.grow(2, new Float64Array([0, 1]), order);
  cpus.launch(0, 0, 0, 1);
  cpus.launch(1, 0, 0, 1);
  const found: [number, number][] = [];
  const runTo = (until: number) => {
    while (cpus.next.nextKey <= until) {
      const [worker, now] = [cpus.next.nextId, cpus.next.nextKey];
      cpus.settle(worker, now);
      for (let row = cpus.takeDue(worker); row >= 0; row = cpus.takeDue(worker)) found.push([row, now]);
      cpus.share(worker, now);
    }
  };
  works.forEach(([worker, at, work], row) => {
    runTo(at);
    cpus.add(worker, row, 0, work, at);
  });
  runTo(1e9);
  return found;
}

test('neighbours slow each other down only while both are busy', () => {
  // Alone for 100, then half as fast for 200 each: the first ends at 300 with 200 of work done.
  expect(
    ends([
      [0, 0, 200],
      [1, 100, 200],
    ]),
  ).toEqual([
    [0, 300],
    [1, 400],
  ]);
  // Two requests in one worker have what one in the other has.
  expect(
    ends([
      [0, 0, 100],
      [0, 0, 100],
      [1, 0, 100],
    ]),
  ).toEqual([
    [2, 200],
    [0, 300],
    [1, 300],
  ]);
  // Both at once end at once.
  expect(
    ends([
      [0, 0, 100],
      [1, 0, 100],
    ]),
  ).toEqual([
    [0, 200],
    [1, 200],
  ]);
});
