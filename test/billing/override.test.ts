import { describe, expect, it } from 'vitest';
import { readOverride } from '../../sim/billing/override.ts';

describe('readOverride', () => {
  it.each([
    ['$0.05', 'h', '0.05'],
    [' $ 0.05 / h ', 'h', '0.05'],
    ['$0.05/hour', 'h', '0.05'],
    ['$.5/h', 'h', '0.5'],
    ['$5./h', 'h', '5'],
    ['$0/h', 'h', '0'],
    ['$0.00001667/GB-s', 'GB-s', '0.00001667'],
    ['$0.00001667/GB-second', 'GB-s', '0.00001667'],
    ['$0.04/vCPU-Hour', 'vCPU-h', '0.04'],
    ['$0.09/GB-Mo', 'GB-month', '0.09'],
    ['$0.20/million', 'request', '0.00000020'],
    ['$1/million requests', 'request', '0.000001'],
    ['$1234567.5/million', 'request', '1.2345675'],
    ['$0.0000002/request', 'request', '0.0000002'],
    ['$0.04/MB/s-month', 'MB/s-month', '0.04'],
  ])('%s for a price per %s', (written, unit, usd) => {
    expect(readOverride(written, unit)).toEqual({ usd });
  });

  it.each([
    [0.05, 'h', '`$0.05/h`'],
    ['0.05', 'h', '`$0.05`'],
    ['0.05/h', 'h', '`$0.05/h`'],
    ['$-1', 'h', '`$0.05/h`'],
    ['€1', 'h', '`$0.05/h`'],
    ['$1e3', 'h', '`$0.05/h`'],
    ['', 'GB', '`$0.05/GB`'],
    [null, 'GB', '`$0.05/GB`'],
    [{}, 'GB', '`$0.05/GB`'],
    [`$${'1'.repeat(10_000)}`, 'h', '`$0.05/h`'],
  ])('refuses %j and proposes what to write', (written, unit, help) => {
    const reading = readOverride(written, unit);
    expect(reading.usd).toBeUndefined();
    expect(reading.help).toContain(help);
  });

  it.each([
    ['$1/GB-h', 'GB-s'],
    ['$1/million', 'GB-s'],
    ['$1/h', 'request'],
    ['$1/', 'h'],
  ])('refuses %s where the price is per %s', (written, unit) => {
    const reading = readOverride(written, unit);
    expect(reading.usd).toBeUndefined();
    expect(reading.message).toContain(`per ${unit}`);
  });
});
