import type { Fraction, MeterReading, PriceBook } from '../../billing/index.ts';
import { type Path, type Problem, problem } from '../../problems/problem.ts';
import { unpricedProblems } from './unpriced.ts';
import type { VolumeOptions, VolumesOptions } from './volume-options.ts';

/** In the price of a gp3 volume's size (Amazon EBS pricing, 2025-26). */
const GP3_IOPS_INCLUDED = 3_000;
const GP3_THROUGHPUT_INCLUDED = 125;
/** IOPS of io2 beyond these are cheaper (same page). */
const IO2_FIRST_IOPS = 32_000;
/** The most IOPS for each GB, and GB/s of throughput for each 4,000 IOPS (EBS User Guide, 2025-09). */
const IOPS_PER_GB: Readonly<Record<string, number>> = { gp3: 500, io1: 50, io2: 1_000 };
const IOPS_FREE_OF_SIZE = 3_000;
const GP3_IOPS_PER_THROUGHPUT = 4;

/** The volumes as a list, whichever way they are written. */
function volumesOf(volumes: VolumesOptions): readonly VolumeOptions[] {
  if (volumes === 'none') return [];
  return Array.isArray(volumes) ? volumes : [volumes];
}

/** What one volume counts for as long as it exists, by price. */
function metersOf(volume: VolumeOptions): readonly (readonly [priceId: string, units: number])[] {
  const size = [`ebs.${volume.type}`, volume.size] as const;
  switch (volume.type) {
    case 'gp3':
      return [
        size,
        ['ebs.gp3.iops', volume.iops - GP3_IOPS_INCLUDED],
        ['ebs.gp3.throughput', volume.throughput - GP3_THROUGHPUT_INCLUDED],
      ];
    case 'io1':
      return [size, ['ebs.io1.iops', volume.iops]];
    case 'io2':
      return [
        size,
        ['ebs.io2.iops', Math.min(volume.iops, IO2_FIRST_IOPS)],
        ['ebs.io2.iops.high', Math.max(0, volume.iops - IO2_FIRST_IOPS)],
      ];
    default:
      return [size];
  }
}

/** @param months for how long servers had their volumes, added up, in months of the scenario */
export function volumeReadings(volumes: VolumesOptions, months: Fraction): MeterReading[] {
  return volumesOf(volumes).flatMap((volume) =>
    metersOf(volume).map(([priceId, units]) => ({ priceId, quantity: months.mul(units) })),
  );
}

/**
 * What AWS does not make of volumes: more IOPS or throughput than their size allows, a root volume on hard
 * disks; and `unpriced` where the region has no price. (Amazon EBS User Guide, volume types, 2025-09.)
 * @param path where the volumes stand
 */
export function volumeProblems(volumes: VolumesOptions, prices: PriceBook, path: Path): Problem[] {
  return volumesOf(volumes).flatMap((volume, index) => {
    const at = Array.isArray(volumes) ? [...path, index] : path;
    const needed = metersOf(volume).flatMap(([priceId, units]) => (units === 0 ? [] : [priceId]));
    return [...shapeProblems(volume, index, at), ...unpricedProblems(needed, prices, at)];
  });
}

function* shapeProblems(volume: VolumeOptions, index: number, path: Path): Iterable<Problem> {
  const { type, size } = volume;
  if (index === 0 && (type === 'st1' || type === 'sc1')) {
    const help = 'put a gp3 volume first: `ebs: [{ type: gp3, size: 20 }, { type: st1, … }]`';
    yield problem('out-of-range', [...path, 'type'], `${type} cannot be a root volume`, { help });
  }
  if (!('iops' in volume)) return;
  const most = Math.max(type === 'gp3' ? IOPS_FREE_OF_SIZE : 0, IOPS_PER_GB[type]! * size);
  if (volume.iops > most) {
    const message = `${volume.iops} IOPS are more than ${most}, the most of ${size} GB of ${type}`;
    const help = `AWS allows ${IOPS_PER_GB[type]} IOPS for each GB: lower \`iops\`, or raise \`size\``;
    yield problem('out-of-range', [...path, 'iops'], message, { help });
  }
  if ('throughput' in volume && volume.throughput * GP3_IOPS_PER_THROUGHPUT > volume.iops) {
    const message = `${volume.throughput} MB/s need ${volume.throughput * GP3_IOPS_PER_THROUGHPUT} IOPS`;
    const help = 'AWS allows 0.25 MB/s for each IOPS: raise `iops`';
    yield problem('out-of-range', [...path, 'throughput'], message, { help });
  }
}
