import type { MessagePort } from 'node:worker_threads';
import { Experiment, type Unit } from '../sim/experiment/experiment.ts';
import { type PlainObservation, plainObservation } from '../sim/observe/plain.ts';
import type { SimulateOptions } from '../sim/simulate.ts';
import { prepare } from '../sim/simulate.ts';
import { SLICE_REQUESTS } from './run-units.ts';

/** One unit of a scenario, with all that is needed to compile it again in another thread. */
export interface WorkerTask {
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
  readonly options: Omit<SimulateOptions, 'readFile'>;
  readonly unit: Unit;
  readonly port: MessagePort;
}

let lastText = '';
let experiment: Experiment | null = null;

/** Simulates one unit. Tells its progress through the port. */
export default function run({ text, files, options, unit, port }: WorkerTask): PlainObservation {
  if (experiment === null || lastText !== text) {
    const subject = prepare(text, { ...options, readFile: (path) => files.get(path)! });
    experiment = new Experiment(subject);
    lastText = text;
  }
  const engine = experiment.open(unit);
  const { windowMicros } = experiment;
  while (!engine.advance(SLICE_REQUESTS * 5)) {
    port.postMessage({ share: engine.nowMicros / windowMicros, requests: engine.arrived });
  }
  port.postMessage({ share: 1, requests: engine.arrived });
  return plainObservation(engine.observation());
}
