import { describe, expect, it } from 'vitest';
import { type LcuHour, lcuHours } from '../../../sim/billing/rules/lcu.ts';

const QUIET: LcuHour = {
  requests: 0,
  requestsPerConnection: 1,
  connectionSeconds: 0,
  bytes: 0,
  rules: 1,
  lambdaTargets: false,
};

describe('lcuHours', () => {
  it('AWS’s small application: the bytes are the largest of four', () => {
    // 5 requests/s over 1 connection/s that lives 2 min, 300 KB/s, 60 rules: 0.04, 0.04, 1.08, 0.25.
    const hour: LcuHour = {
      requests: 5 * 3_600,
      requestsPerConnection: 5,
      connectionSeconds: 120,
      bytes: 300_000 * 3_600,
      rules: 60,
      lambdaTargets: false,
    };
    expect(lcuHours(hour).toString()).toBe('1.08');
    expect(lcuHours({ ...hour, bytes: 0 }).toString()).toBe('0.25');
    expect(lcuHours({ ...hour, bytes: 0, rules: 10 }).toString()).toBe('0.04');
    expect(lcuHours({ ...hour, bytes: 0, rules: 10, connectionSeconds: 0 }).toString()).toBe('0.04');
    expect(lcuHours({ ...hour, bytes: 0, rules: 10, connectionSeconds: 240 }).toString()).toBe('0.08');
    expect(lcuHours({ ...hour, bytes: 0, rules: 10, connectionSeconds: 150.3 }).toString()).toBe('0.0501');
  });

  it('a Lambda target uses up an LCU with 0.4 GB', () => {
    expect(lcuHours({ ...QUIET, bytes: 1_080_000_000, lambdaTargets: true }).toString()).toBe('2.7');
  });

  it('25 new connections a second are one LCU', () => {
    expect(lcuHours({ ...QUIET, requests: 25 * 3_600 }).toString()).toBe('1');
    expect(lcuHours({ ...QUIET, requests: 25 * 3_600, requestsPerConnection: 10 }).toString()).toBe('0.1');
  });

  it('ten rules are free, and an idle hour costs no LCU', () => {
    expect(
      lcuHours({ ...QUIET, requests: 3_600_000, requestsPerConnection: 1_000, rules: 11 }).toString(),
    ).toBe('1');
    expect(lcuHours(QUIET).equals(0)).toBe(true);
  });

  it('keeps thirds exact', () => {
    expect(lcuHours({ ...QUIET, requests: 1, requestsPerConnection: 3 }).toFraction()).toBe('1/270000');
  });
});
