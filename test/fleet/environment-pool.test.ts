import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnvironmentPool } from '../../sim/fleet/on-demand/environment-pool.ts';
import { Level } from '../../sim/observe/level.ts';

/** An environment as one would write it down: when it was born, and until when it may stay idle. */
interface Noted {
  readonly id: number;
  readonly functionIndex: number;
  readonly bornAt: number;
  idleUntil: number | null;
  lastUse: number;
}

const FUNCTIONS = 2;
const action = fc.record({
  /** The clock goes on by this much first. */
  pass: fc.nat({ max: 6 }),
  /** A request of this function; or else a release of one of the busy environments. */
  request: fc.option(fc.nat({ max: FUNCTIONS - 1 }), { freq: 2 }),
  which: fc.nat({ max: 50 }),
  idle: fc.oneof(fc.nat({ max: 12 }), fc.constant(Number.POSITIVE_INFINITY)),
  maxAge: fc.constantFrom(10, 40, Number.POSITIVE_INFINITY),
});

/** The pool and a plain list of the same environments, held together. */
class Twin {
  readonly level = new Level(new Float64Array(1), 1e9, 0);
  readonly pool = new EnvironmentPool(FUNCTIONS, this.level);
  noted: Noted[] = [];
  now = 0;
  private uses = 0;

  /** Whatever expires before `now` is gone: requests of an instant come before its expiries. */
  goOn(to: number): void {
    this.now = to;
    while (this.pool.nextExpiry < to) this.pool.expireNext();
    this.noted = this.noted.filter(({ idleUntil }) => idleUntil === null || idleUntil >= to);
  }

  request(functionIndex: number): void {
    const idle = this.noted
      .filter((each) => each.functionIndex === functionIndex && each.idleUntil !== null)
      .sort((a, b) => b.lastUse - a.lastUse);
    const taken = this.pool.takeIdle(functionIndex);
    expect(taken).toBe(idle[0]?.id ?? -1);
    if (idle[0] !== undefined) {
      idle[0].idleUntil = null;
      return;
    }
    const id = this.pool.start(functionIndex, this.now);
    expect(this.noted.map((each) => each.id)).not.toContain(id);
    expect(this.pool.functionOf[id]).toBe(functionIndex);
    expect(this.pool.needsInit[id]).toBe(0);
    this.noted.push({ id, functionIndex, bornAt: this.now, idleUntil: null, lastUse: 0 });
  }

  release(which: number, idle: number, maxAge: number): void {
    const busy = this.noted.filter(({ idleUntil }) => idleUntil === null);
    const environment = busy[which % Math.max(1, busy.length)];
    if (environment === undefined) return;
    this.pool.release(environment.id, this.now, idle, maxAge);
    const oldest = environment.bornAt + maxAge;
    environment.lastUse = ++this.uses;
    environment.idleUntil = Math.min(this.now + idle, oldest);
    if (this.now >= oldest) this.noted = this.noted.filter((each) => each !== environment);
  }
}

describe('EnvironmentPool', () => {
  it('is a list of environments, most recently used first, each until it expires or is too old', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 300 }), (actions) => {
        const twin = new Twin();
        for (const { pass, request, which, idle, maxAge } of actions) {
          twin.goOn(twin.now + pass);
          if (request !== null) twin.request(request);
          else twin.release(which, idle, maxAge);
          expect(twin.level.now).toBe(twin.noted.length);
        }
        twin.goOn(1e9);
        expect(twin.level.now).toBe(twin.noted.length);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('keeps hundreds apart when they expire in the middle of their line, and reuses their slots', () => {
    const twin = new Twin();
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 500; count++) twin.request(count % FUNCTIONS);
      twin.goOn(twin.now + 1);
      for (let count = 0; count < 500; count++) twin.release(0, count % 3 === 0 ? 100 : 5, 1e6);
      twin.goOn(twin.now + 50);
      expect(twin.level.now).toBe(twin.noted.length);
      for (let count = 0; count < 100; count++) twin.request(count % FUNCTIONS);
      twin.goOn(twin.now + 500);
    }
    expect(twin.pool.slots).toBeLessThan(2048);
  });
});
