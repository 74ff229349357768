import { z } from 'zod';

/** Sizes, IOPS and throughput as AWS allows them (Amazon EBS User Guide, volume types, 2025-09). */
const GP3_IOPS_INCLUDED = 3_000;
const GP3_THROUGHPUT_INCLUDED = 125;

const gibibytes = (min: number, max: number) =>
  z.int().min(min).max(max).default(Math.max(20, min)).meta({ description: 'GB' });

const gp3 = z
  .strictObject({
    type: z.literal('gp3').default('gp3').meta({ description: 'general purpose' }),
    size: gibibytes(1, 65_536),
    iops: z
      .int()
      .min(GP3_IOPS_INCLUDED)
      .max(80_000)
      .default(GP3_IOPS_INCLUDED)
      .meta({ description: 'IOPS of the volume; 3,000 are in the price of its size' }),
    throughput: z
      .int()
      .min(GP3_THROUGHPUT_INCLUDED)
      .max(2_000)
      .default(GP3_THROUGHPUT_INCLUDED)
      .meta({ description: 'MB/s of the volume; 125 are in the price of its size' }),
  })
  .meta({ description: 'a gp3 volume' });

const gp2 = z
  .strictObject({
    type: z.literal('gp2').meta({ description: 'general purpose, previous generation' }),
    size: gibibytes(1, 16_384),
  })
  .meta({ description: 'a gp2 volume' });

const io1 = z
  .strictObject({
    type: z.literal('io1').meta({ description: 'provisioned IOPS, previous generation' }),
    size: gibibytes(4, 16_384),
    iops: z.int().min(100).max(64_000).meta({ description: 'IOPS of the volume, each billed' }),
  })
  .meta({ description: 'an io1 volume' });

const io2 = z
  .strictObject({
    type: z.literal('io2').meta({ description: 'provisioned IOPS' }),
    size: gibibytes(4, 65_536),
    iops: z.int().min(100).max(64_000).meta({ description: 'IOPS of the volume, each billed' }),
  })
  .meta({ description: 'an io2 volume; no price is known beyond 64,000 IOPS' });

const hdd = <Type extends 'st1' | 'sc1'>(type: Type, description: string) =>
  z
    .strictObject({ type: z.literal(type).meta({ description }), size: gibibytes(125, 16_384) })
    .meta({ description: `an ${type} volume, not the root volume` });

const volume = z.union([
  gp3,
  gp2,
  io1,
  io2,
  hdd('st1', 'throughput on hard disks'),
  hdd('sc1', 'cold data on hard disks'),
]);
const VOLUMES_MAX = 20;

/** The volumes of a server: one, or a list that begins with the root volume. */
export const volumesSchema = z
  .union([
    z.literal('none').meta({ description: 'no volume of its own' }),
    volume,
    z.array(volume).min(1).max(VOLUMES_MAX).meta({ description: 'several, the root volume first' }),
  ])
  .default({ type: 'gp3', size: 20, iops: GP3_IOPS_INCLUDED, throughput: GP3_THROUGHPUT_INCLUDED })
  .meta({ description: 'volumes of each server' });

export type VolumesOptions = z.infer<typeof volumesSchema>;
export type VolumeOptions = z.infer<typeof volume>;
