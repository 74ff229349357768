import { constantDistribution } from '../../distributions/constant.ts';
import type { Distribution } from '../../distributions/distribution.ts';
import { openDistribution } from '../../distributions/index.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { sizeBytes } from '../../units/size.ts';
import type { PlatformContext } from '../platform.ts';
import { fargateThroughput } from '../shared/fargate-pull.ts';
import type { EcsOptions } from './options.ts';

/**
 * An indexed image starts while it still loads: a task of the image above is 50–60 % sooner there (AWS News
 * blog, 2023-07; elasticscale.com, 2024-04), which is a quarter of its pull. Below 250 MB it gains nothing.
 */
const SOCI_SHARE = 0.25;
const SOCI_MIN_BYTES = 250e6;

/** Time from the start of the image pull to the start of the container on Fargate. */
export function fargatePull(options: EcsOptions, { path, readFile }: PlatformContext): Distribution {
  if (options.pull !== undefined) return openDistribution(options.pull, [...path, 'pull'], readFile);
  const bytes = sizeBytes(options.imageSize);
  const isLazy = options.soci && bytes >= SOCI_MIN_BYTES;
  const seconds = (bytes / fargateThroughput(options.cpu / 1_024)) * (isLazy ? SOCI_SHARE : 1);
  return constantDistribution(Math.round(seconds * MICROS_PER_SECOND));
}
