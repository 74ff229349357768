import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PlacementHost,
  type PlacementRules,
  type PlacementStrategy,
  place,
  stopRanks,
  tasksPerHost,
} from '../../../sim/fleet/containers/placement.ts';

const TASK = { cpu: 512, memory: 1_024 };

function host(freeCpu: number, freeMemory: number, more: Partial<PlacementHost> = {}): PlacementHost {
  return { freeCpu, freeMemory, zone: 0, tasks: 0, ...more };
}

function by(...strategies: PlacementStrategy[]): PlacementRules {
  return { strategies, constraints: [] };
}

const at = (hosts: readonly PlacementHost[], rules: PlacementRules, draw = 0) =>
  place(TASK, hosts, rules, () => draw);

describe('placement of a task (ECS Developer Guide, 2023-05)', () => {
  const ZONES = { type: 'spread', field: 'attribute:ecs.availability-zone' } as const;
  const INSTANCES = { type: 'spread', field: 'instanceId' } as const;

  it('needs room for both CPU and memory', () => {
    expect(at([host(511, 8_000), host(2_048, 1_023)], by())).toBe(-1);
    expect(at([host(511, 8_000), host(512, 1_024)], by())).toBe(1);
  });

  it('binpack: the host with the least left of the field', () => {
    const hosts = [host(2_048, 2_000), host(1_024, 6_000), host(600, 1_000)];
    expect(at(hosts, by({ type: 'binpack', field: 'cpu' }))).toBe(1);
    expect(at(hosts, by({ type: 'binpack', field: 'memory' }))).toBe(0);
  });

  it('spread: the zone, or the host, with the fewest tasks', () => {
    const hosts = [
      host(2_048, 8_000, { zone: 0, tasks: 1 }),
      host(2_048, 8_000, { zone: 0, tasks: 0 }),
      host(2_048, 8_000, { zone: 1, tasks: 3 }),
      host(2_048, 8_000, { zone: 2, tasks: 0 }),
      host(2_048, 8_000, { zone: 2, tasks: 0 }),
    ];
    expect(at(hosts, by(ZONES))).toBe(3);
    expect(at(hosts, by(INSTANCES))).toBe(1);
  });

  it('one strategy after the other: over zones, then packed', () => {
    const hosts = [
      host(2_048, 8_000, { zone: 0 }),
      host(1_024, 8_000, { zone: 0 }),
      host(512, 8_000, { zone: 1, tasks: 1 }),
    ];
    expect(at(hosts, by(ZONES, { type: 'binpack', field: 'cpu' }))).toBe(1);
  });

  it('random: each of those with room', () => {
    const hosts = [host(0, 0), host(512, 1_024), host(512, 1_024)];
    expect(at(hosts, by({ type: 'random' }), 0)).toBe(1);
    expect(at(hosts, by({ type: 'random' }), 0.99)).toBe(2);
  });

  it('strategies are best effort, constraints binding', () => {
    const hosts = [host(2_048, 8_000, { zone: 0, tasks: 5 }), host(0, 0, { zone: 1 })];
    expect(at(hosts, by(ZONES))).toBe(0);
    const distinct: PlacementRules = { strategies: [], constraints: [{ type: 'distinctInstance' }] };
    expect(at(hosts, distinct)).toBe(-1);
    expect(tasksPerHost({ cpu: 2_048, memory: 8_000 }, TASK, distinct)).toBe(1);
    expect(tasksPerHost({ cpu: 2_048, memory: 8_000 }, TASK, by())).toBe(4);
    expect(tasksPerHost({ cpu: 4_096, memory: 3_000 }, TASK, by())).toBe(2);
  });

  it('a scale-in takes them off the same way: where the most is left, or the most tasks are', () => {
    const hosts = [host(100, 7_000, { tasks: 3 }), host(900, 2_000, { tasks: 1, zone: 1 })];
    expect(stopRanks(hosts, by({ type: 'binpack', field: 'cpu' }))).toEqual([[100], [900]]);
    expect(stopRanks(hosts, by(ZONES, INSTANCES))).toEqual([
      [3, 3],
      [1, 1],
    ]);
  });

  it('binpack on equal hosts uses as few as there can be, spread as evenly as can be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 48 }),
        (hostCount, taskCount) => {
          for (const type of ['binpack', 'spread'] as const) {
            const hosts = Array.from({ length: hostCount }, (_, zone) => ({ ...host(2_048, 8_192), zone }));
            const rules = by(type === 'binpack' ? { type, field: 'cpu' } : INSTANCES);
            let placed = 0;
            for (let task = 0; task < taskCount; task++) {
              const index = place(TASK, hosts, rules, () => 0);
              if (index < 0) break;
              const chosen = hosts[index]!;
              hosts[index] = {
                ...chosen,
                freeCpu: chosen.freeCpu - 512,
                freeMemory: chosen.freeMemory - 1_024,
                tasks: chosen.tasks + 1,
              };
              placed++;
            }
            expect(placed).toBe(Math.min(taskCount, 4 * hostCount));
            const tasks = hosts.map((each) => each.tasks);
            if (type === 'binpack')
              expect(tasks.filter((count) => count > 0).length).toBe(Math.ceil(placed / 4));
            else expect(Math.max(...tasks) - Math.min(...tasks)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
