import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  allocatableOf,
  kubeReservedCpuMilli,
  kubeReservedMemoryMib,
  maxPods,
} from '../../../sim/fleet/kubernetes/nodes/allocatable.ts';
import { openPriceBook } from '../../../sim/index.ts';
import { ROOT } from '../../helpers/sources.ts';

test('.metal types have the price of shared tenancy, not the Dedicated one of Karpenter’s table', () => {
  // On-demand of us-east-1: a bare metal machine costs what the largest size of its family does.
  const book = openPriceBook('us-east-1');
  const usd = (name: string) => book.instancePrice(name, 'linux').tiers[0]!.usd;
  expect(usd('c5.metal')).toBe(usd('c5.24xlarge'));
  expect(usd('m5.metal')).toBe(usd('m5.24xlarge'));
});

describe('what pods may request of a node', () => {
  // aws/karpenter-provider-aws website/content/en/preview/reference/instance-types.md (2026-08-18).
  test.each([
    ['c5.large', 2, 4096, 'x86_64', 3, 10, 29, 1930, 3114],
    ['c7g.2xlarge', 8, 16_384, 'arm64', 4, 15, 58, 7910, 14_103],
    ['m5.12xlarge', 48, 196_608, 'x86_64', 8, 30, 234, 47_810, 178_933],
    ['m7g.medium', 1, 4096, 'arm64', 2, 4, 8, 940, 3286],
    ['r6i.large', 2, 16_384, 'x86_64', 3, 10, 29, 1930, 14_481],
    ['t3.micro', 2, 1024, 'x86_64', 2, 2, 4, 1930, 548],
  ] as const)('%s', (_type, vcpus, memoryMib, architecture, enis, ipv4PerEni, pods, cpuMilli, memory) => {
    const shape = { vcpus, memoryMib, architecture, enis, ipv4PerEni };
    expect(allocatableOf(shape)).toEqual({ cpuMilli, memoryMib: memory, pods });
  });

  test('the kubelet keeps 6 %, 1 %, 0.5 %, 0.5 % and 0.25 % of cores', () => {
    expect([1, 2, 4, 8, 16, 48].map(kubeReservedCpuMilli)).toEqual([60, 70, 80, 90, 110, 190]);
  });

  test('the kubelet’s memory reserve grows with max pods: 11 MiB each and 255', () => {
    expect(kubeReservedMemoryMib(29)).toBe(574);
    expect(kubeReservedMemoryMib(234)).toBe(2829);
    const shape = { vcpus: 2, memoryMib: 8192, architecture: 'x86_64', enis: 3, ipv4PerEni: 10 } as const;
    expect(allocatableOf(shape).memoryMib - allocatableOf(shape, 110).memoryMib).toBe(11 * (110 - 29));
  });
});

const table = `${ROOT}../shared/facts/ec2-types.csv`;

test.skipIf(!existsSync(table))('the formulas give Karpenter’s table for every type it lists', () => {
  const [header, ...lines] = readFileSync(table, 'utf8').trim().split('\n');
  const columns = header!.split(',');
  const rows = lines.map((line) => {
    const cells = line.split(',');
    return (name: string) => cells[columns.indexOf(name)]!;
  });
  const listed = rows.filter((cell) => cell('allocMemMiB') !== '' && cell('enis') !== '');
  expect(listed.length).toBeGreaterThan(1300);
  const faults = listed.flatMap((cell) => {
    const shape = {
      vcpus: Number(cell('vcpu')),
      memoryMib: Number(cell('memoryMiB')),
      architecture: cell('arch') === 'arm64' ? ('arm64' as const) : ('x86_64' as const),
      enis: Number(cell('enis')),
      ipv4PerEni: Number(cell('ipv4PerEni')),
    };
    const got = allocatableOf(shape, Number(cell('maxPodsKarpenter')));
    const ok =
      got.cpuMilli === Number(cell('allocCpuMilli')) &&
      got.memoryMib === Number(cell('allocMemMiB')) &&
      maxPods(shape) === Number(cell('maxPodsEni'));
    return ok ? [] : [`${cell('instanceType')} ${JSON.stringify(got)}`];
  });
  expect(faults).toEqual([]);
});
