import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { sizeBytes } from '../../units/size.ts';
import { fargateThroughput } from '../shared/fargate-pull.ts';
import type { EcsOptions } from './options.ts';

/**
 * An indexed image starts while it still loads: a task of the image above is 50–60 % sooner there (AWS News
 * blog, 2023-07; elasticscale.com, 2024-04), which is a quarter of its pull. Below 250 MB it gains nothing.
 */
const SOCI_SHARE = 0.25;
const SOCI_MIN_BYTES = 250e6;

/** Microseconds from the start of the image pull to the start of the container on Fargate. */
export function fargatePullMicros({ imageSize, soci, cpu }: EcsOptions): number {
  const bytes = sizeBytes(imageSize);
  const isLazy = soci && bytes >= SOCI_MIN_BYTES;
  const seconds = (bytes / fargateThroughput(cpu / 1_024)) * (isLazy ? SOCI_SHARE : 1);
  return Math.round(seconds * MICROS_PER_SECOND);
}
