import type { Engine } from '../fleet/engine.ts';
import type { Observation } from '../observe/observation.ts';
import type { Result } from '../result/result.ts';
import type { Program } from '../scenario/compile.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { version } from '../version.ts';
import { judge } from './judge.ts';
import { failingRuns } from './many-failures.ts';
import { platformResult } from './platform-result.ts';
import { PlatformRun } from './platform-run.ts';
import { verdictOf } from './verdict.ts';
import { untrustworthy, warningsOf } from './warnings.ts';

/** One replication of one platform: the unit of work that can be done anywhere, in any order. */
export interface Unit {
  readonly platform: number;
  readonly replication: number;
}

/** A scenario that stands ready to be run, and what identifies it in the result. */
export interface Subject {
  /** With every default. */
  readonly scenario: Scenario;
  readonly program: Program;
  readonly sha256: string;
}

/** All replications of all platforms of a scenario, and the result that they come to. */
export class Experiment {
  /**
   * Every unit, replication by replication: a run that is cut short has sent its platforms the same requests.
   */
  readonly units: readonly Unit[];
  private readonly subject: Subject;
  private readonly runs: readonly PlatformRun[];

  constructor(subject: Subject) {
    this.subject = subject;
    const { base, platforms } = subject.program;
    this.runs = platforms.map((platform) => new PlatformRun(subject.program, platform));
    this.units = Array.from({ length: base.replications }, (_, replication) =>
      platforms.map((_, platform) => ({ platform, replication })),
    ).flat();
  }

  /** Length of every unit's window. */
  get windowMicros(): number {
    return this.subject.program.base.windowMicros;
  }

  /** Starts a unit. */
  open(unit: Unit): Engine {
    return this.runs[unit.platform]!.plan.open(unit.replication);
  }

  /** Takes in what a unit saw. The order does not matter. */
  add(unit: Unit, observation: Observation): void {
    this.runs[unit.platform]!.add(unit.replication, observation);
  }

  /** The result of the units taken in: partial when some are missing. */
  result(): Result {
    const { scenario, program, sha256 } = this.subject;
    for (const run of this.runs) run.addRest();
    const runs = this.runs.filter((run) => run.replications > 0);
    const partial = this.runs.some((run) => run.replications < program.base.replications);
    const warnings = warningsOf(program, runs);
    const thresholds = judge(program.thresholds, runs, program.base);
    const untrusted = warnings.flatMap((each) =>
      untrustworthy.includes(each.code) && each.platform ? [each.platform] : [],
    );
    return {
      schemaVersion: 1,
      tool: { name: 'breakeven', version },
      scenario: { name: scenario.name, sha256, resolved: scenario as unknown as Record<string, unknown> },
      prices: {
        snapshot: program.prices.snapshot,
        region: program.prices.region,
        overrides: { ...program.prices.overrides },
      },
      seed: program.base.seed,
      replications: program.base.replications,
      partial,
      platforms: Object.fromEntries(runs.map((run) => [run.name, platformResult(run, program.base)])),
      verdict: verdictOf(runs, thresholds, { untrusted, failing: failingRuns(runs, program.thresholds) }),
      thresholds,
      warnings,
    };
  }
}
