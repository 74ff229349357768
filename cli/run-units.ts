import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Experiment, Unit } from '../sim/experiment/experiment.ts';
import { type PlainObservation, reviveObservation } from '../sim/observe/plain.ts';
import type { RunState } from './progress.ts';
import type { WorkerTask } from './worker.ts';

/** Requests between two looks at the clock and at Ctrl-C: some tens of milliseconds. */
export const SLICE_REQUESTS = 100_000;

/** Says how far the run is, and is asked whether to stop. */
export interface RunWatch {
  update(state: RunState): void;
  readonly isStopped: () => boolean;
}

/** Runs all units one after the other in this thread. Stops between slices when the watch says so. */
export async function runHere(experiment: Experiment, windowMicros: number, watch: RunWatch): Promise<void> {
  let requestsDone = 0;
  for (const [index, unit] of experiment.units.entries()) {
    const engine = experiment.open(unit);
    for (;;) {
      const isDone = engine.advance(SLICE_REQUESTS);
      const share = (index + engine.nowMicros / windowMicros) / experiment.units.length;
      watch.update({ share, requests: requestsDone + engine.arrived });
      if (isDone) break;
      await nextTurn();
      if (watch.isStopped()) return;
    }
    requestsDone += engine.arrived;
    experiment.add(unit, engine.observation());
    await nextTurn();
    if (watch.isStopped()) return;
  }
}

/**
 * Runs the units in several threads. What each of them sees depends on the unit alone, so the result is the
 * same.
 */
export async function runInWorkers(
  experiment: Experiment,
  task: Omit<WorkerTask, 'unit' | 'port'>,
  jobs: number,
  watch: RunWatch,
): Promise<void> {
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: jobs,
    maxThreads: jobs,
  });
  const states = experiment.units.map(() => ({ share: 0, requests: 0 }));
  const ports = new Set<MessagePort>();
  const report = () =>
    watch.update({
      share: states.reduce((sum, state) => sum + state.share, 0) / states.length,
      requests: states.reduce((sum, state) => sum + state.requests, 0),
    });
  const runUnit = async (unit: Unit, index: number): Promise<void> => {
    const { port1, port2 } = new MessageChannel();
    ports.add(port1);
    port1.on('message', (state: RunState) => {
      states[index] = state;
      report();
    });
    const observation: PlainObservation = await pool.run(
      { ...task, unit, port: port2 },
      { transferList: [port2] },
    );
    port1.close();
    ports.delete(port1);
    states[index] = { ...states[index]!, share: 1 };
    experiment.add(unit, reviveObservation(observation));
    report();
  };
  const all = Promise.all(experiment.units.map(runUnit)).then(() => true);
  all.catch(() => {});
  try {
    for (;;) {
      const isDone = await Promise.race([
        all,
        new Promise((resolve) => setTimeout(() => resolve(false), 100)),
      ]);
      if (isDone || watch.isStopped()) break;
    }
  } finally {
    await pool.destroy();
    // Those of units that never ran would keep the process alive.
    for (const port of ports) port.close();
  }
}
