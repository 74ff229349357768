import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { allocatableOf } from '../../../sim/fleet/kubernetes/nodes/allocatable.ts';
import { podInterfaces } from '../../../sim/platforms/eks/network-cards.ts';
import { runEks } from './eks-run.ts';

const karpenter = (name: string) => ({ nodes: { type: 'karpenter', instanceTypes: [name] } });

describe('types with several network cards', () => {
  // Karpenter's instance-types.md, 2026-08-18.
  test.each([
    ['c6in.32xlarge', 394],
    ['c8gn.48xlarge', 590],
    ['g6e.24xlarge', 492],
  ])('Karpenter has %s take the %i pods of its first card', (name, pods) => {
    const { assumptions } = runEks({ duration: '1m', platform: { ...karpenter(name), resources: {} } });
    expect(assumptions.join()).toContain(`${pods} on a ${name}`);
  });

  it('a managed node group takes no more than 250 in any case', () => {
    const nodes = { type: 'managedNodeGroup', instanceType: 'c6in.32xlarge' };
    const { assumptions } = runEks({ duration: '1m', platform: { nodes, resources: {} } });
    expect(assumptions.join()).toContain('250 on a c6in.32xlarge');
  });
});

const table = new URL('../../../../shared/facts/ec2-types.csv', import.meta.url);

describe.skipIf(!existsSync(table))("Karpenter's table of what nodes offer", () => {
  it('holds for each of its types', () => {
    const [head, ...lines] = readFileSync(table, 'utf8').trim().split('\n');
    const names = head!.split(',');
    const rows = lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(names.map((name, index) => [name, cells[index]!]));
    });
    const known = rows.filter((row) => row.enis !== '' && row.allocCpuMilli !== '');
    expect(known.length).toBeGreaterThan(1_300);
    const nodes = { type: 'karpenter' } as Parameters<typeof podInterfaces>[0];
    for (const row of known) {
      const shape = {
        vcpus: Number(row.vcpu),
        memoryMib: Number(row.memoryMiB),
        architecture: row.arch === 'arm64' ? ('arm64' as const) : ('x86_64' as const),
        enis: podInterfaces(nodes, row.instanceType!, Number(row.enis))!,
        ipv4PerEni: Number(row.ipv4PerEni),
      };
      const { cpuMilli, memoryMib, pods } = allocatableOf(shape);
      expect([row.instanceType, cpuMilli, memoryMib, pods]).toEqual([
        row.instanceType,
        Number(row.allocCpuMilli),
        Number(row.allocMemMiB),
        Number(row.maxPodsKarpenter),
      ]);
    }
  });
});
