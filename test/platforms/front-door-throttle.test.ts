import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestThrottle } from '../../sim/fleet/on-demand/request-throttle.ts';

/** A token bucket told by its tokens, in whole parts of a token: each microsecond brings one part. */
class Bucket {
  private parts: number;
  private lastAt = 0;
  private readonly size: number;
  private readonly partsOfToken: number;

  constructor(microsPerToken: number, tokens: number) {
    this.partsOfToken = microsPerToken;
    this.size = microsPerToken * tokens;
    this.parts = this.size;
  }

  take(now: number): boolean {
    this.parts = Math.min(this.size, this.parts + now - this.lastAt);
    this.lastAt = now;
    // Arrivals are rounded to microseconds: a token that is there one later is there.
    if (this.parts + 1 < this.partsOfToken) return false;
    this.parts -= this.partsOfToken;
    return true;
  }
}

describe('throttle of a front door', () => {
  it('is a token bucket: gains and holds what it should at any time', () => {
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 5 }), fc.nat({ max: 3000 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 2, max: 500 }), fc.nat({ max: 20 }), (steps, micros, tokens) => {
        const throttle = new RequestThrottle({ microsPerRequest: micros, fillMicros: micros * tokens }, 1);
        const bucket = new Bucket(micros, tokens);
        let now = 0;
        const answers = steps.map((gap) => {
          now += gap;
          return [throttle.take(now, 0), bucket.take(now)];
        });
        expect(answers.map(([answer]) => answer)).toEqual(answers.map(([, expected]) => expected));
        expect(throttle.passed[0]).toBe(answers.filter(([, expected]) => expected).length);
      }),
      { numRuns: 500, seed: 20_260_105 },
    );
  });

  it('holds what it should after years, at rates that no number of microseconds divides', () => {
    // 7 requests in 3 s: over 100 s from a time of 10^14 µs, 233 tokens and the 5 of the full bucket.
    const throttle = new RequestThrottle({ microsPerRequest: 3e6 / 7, fillMicros: (3e6 / 7) * 5 }, 1);
    for (let micros = 0; micros <= 100e6; micros += 1000) throttle.take(1e14 + micros, 0);
    expect(throttle.passed[0]).toBe(Math.floor(700 / 3) + 5);
  });

  it('counts for each function what it lets through', () => {
    const throttle = new RequestThrottle({ microsPerRequest: 100, fillMicros: 300 }, 2);
    expect([0, 1, 1, 0].map((functionIndex) => throttle.take(0, functionIndex))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([...throttle.passed]).toEqual([1, 2]);
    expect(throttle.refused).toBe(1);
  });
});
