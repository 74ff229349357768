import type { Distribution } from '../../distributions/distribution.ts';
import { openDistribution } from '../../distributions/index.ts';
import type { PlatformContext } from '../platform.ts';
import { s3EventOf } from '../shared/common-options.ts';
import type { LambdaOptions } from './options.ts';

/** Events that S3 sends for objects, and what is assumed of them; null where S3 is not the front door. */
export function planS3Event(
  { frontDoor }: LambdaOptions,
  { path, readFile }: Pick<PlatformContext, 'path' | 'readFile'>,
): { readonly delay: Distribution; readonly assumptions: readonly string[] } | null {
  const s3 = s3EventOf(frontDoor);
  if (s3 === null) return null;
  return {
    delay: openDistribution(s3.delay, [...path, 'frontDoor', 'delay'], readFile),
    assumptions: [
      'S3 delivers events by the `delay` of `frontDoor` (uncertain: AWS says "typically in seconds").',
    ],
  };
}
