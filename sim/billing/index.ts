export type { default as Fraction } from 'fraction.js';
export type { Bill, BillTerms, ExactLine, FixedCost, LineFigures, MeterReading } from './bill.ts';
export { lineToResult } from './bill.ts';
export {
  decimalFraction,
  integerFraction,
  ONE,
  ratio,
  roundHalfUpToCents,
  sum,
  toNumber,
  ZERO,
} from './exact.ts';
export { regions } from './instances.ts';
export { makeBill } from './make-bill.ts';
export { openPriceBook } from './open-price-book.ts';
export type {
  FreePool,
  InstancePriceKind,
  InstanceType,
  Price,
  PriceBook,
  PriceOverrides,
  PriceTier,
} from './price-book.ts';
export { billedMs } from './rules/billed-duration.ts';
export { type BilledLife, billedInstanceMicros } from './rules/instance-seconds.ts';
export { type LcuHour, lcuHours } from './rules/lcu.ts';
