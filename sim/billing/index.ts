export type { default as Fraction } from 'fraction.js';
export type { Bill, ExactLine, FixedCost, MeterReading } from './bill.ts';
export { lineToResult } from './bill.ts';
export type { Commitments } from './commitments/commitments.ts';
export { type InstanceRate, instanceRates } from './commitments/instance-rates.ts';
export { readCommitments } from './commitments/read-commitments.ts';
export {
  type ReservedInstanceSpec,
  reservedInstancesSchema,
  type SavingsPlanSpec,
  savingsPlansSchema,
} from './commitments/specs.ts';
export {
  decimalFraction,
  integerFraction,
  ratio,
  roundHalfUpToCents,
  sum,
  toNumber,
  wholeSum,
} from './exact.ts';
export { billedMicrosByHour, type HourlyUsage, hourlyTotal } from './hourly-usage.ts';
export { regions } from './instances.ts';
export { makeBill } from './make-bill.ts';
export { openPriceBook } from './open-price-book.ts';
export type {
  InstanceType,
  Price,
  PriceBook,
  PriceOverrides,
} from './price-book.ts';
export { freePools } from './price-files.ts';
export { unusedCapacityByHour } from './rules/capacity-reservation.ts';
export { type BilledLife, billedInstanceMicros } from './rules/instance-seconds.ts';
export { lcuHours } from './rules/lcu.ts';
