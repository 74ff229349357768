import { z } from 'zod';
import { integerFraction, type MeterReading } from '../../billing/index.ts';
import { sizeBytes, sizeSchema } from '../../units/size.ts';
import { limit } from '../shared/common-options.ts';

/** A GB of logs; the published steps of the price agree with decimal TB (see the price's own text). */
const BYTES_PER_GB = 1_000_000_000;
export const LOGS_PRICE = 'cloudwatch.logs.lambda';

/** What functions write to CloudWatch Logs, if it is to be billed. */
export const logsSchema = limit(
  z.strictObject({
    perRequest: sizeSchema.meta({ description: 'what an invocation writes, START, END and REPORT included' }),
  }),
  'what functions write to CloudWatch Logs, billed as it comes in',
).default('none');

export type LogsOptions = z.infer<typeof logsSchema>;

/** Ingestion by volume steps, since 2025-05 (CloudWatch price list of 2025-10-28). Storage is not counted. */
export function logsReadings(logs: LogsOptions, invocations: number): MeterReading[] {
  if (logs === 'none') return [];
  const bytes = integerFraction(invocations).mul(sizeBytes(logs.perRequest));
  return [{ priceId: LOGS_PRICE, quantity: bytes.div(BYTES_PER_GB) }];
}
