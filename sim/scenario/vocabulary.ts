import type { z } from 'zod';
import { openPriceBook, regions } from '../billing/index.ts';
import { type DistributionSpec, distributionSchema, openDistribution } from '../distributions/index.ts';
import { platforms } from '../platforms/index.ts';
import type { Platform } from '../platforms/platform.ts';
import { trafficModels } from '../traffic/index.ts';
import type { TrafficModel } from '../traffic/traffic.ts';

/** What a scenario can be made of: the registries, as the scenario room sees them. */
export interface Vocabulary {
  readonly distributionSchema: z.ZodType<DistributionSpec>;
  readonly openDistribution: typeof openDistribution;
  readonly trafficModels: readonly TrafficModel[];
  readonly platforms: readonly Platform[];
  readonly regions: readonly string[];
  readonly openPriceBook: typeof openPriceBook;
}

/** Everything that is modelled. */
export const vocabulary: Vocabulary = {
  distributionSchema,
  openDistribution,
  trafficModels,
  platforms,
  regions,
  openPriceBook,
};
