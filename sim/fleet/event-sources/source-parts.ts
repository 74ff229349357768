import type { Recorder } from '../../observe/recorder.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { Deliveries } from './deliveries.ts';

/** What a source is made with. */
export interface SourceParts {
  /** The function that it invokes, which is its workload too. */
  readonly functionIndex: number;
  readonly program: ProgramBase;
  readonly replication: number;
  readonly deliveries: Deliveries;
  readonly recorder: Recorder;
}
