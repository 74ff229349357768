import { burstyArrivalRate } from './bursty-arrival-rate.ts';
import { constantArrivalRate } from './constant-arrival-rate.ts';
import { constantVus } from './constant-vus.ts';
import { diurnalArrivalRate } from './diurnal-arrival-rate.ts';
import { rampingArrivalRate } from './ramping-arrival-rate.ts';
import { rampingVus } from './ramping-vus.ts';
import { replay } from './replay.ts';
import { schedule } from './schedule.ts';
import type { TrafficModel } from './traffic.ts';

/** Every traffic executor, sorted by name. */
export const trafficModels: readonly TrafficModel[] = [
  burstyArrivalRate,
  constantArrivalRate,
  constantVus,
  diurnalArrivalRate,
  rampingArrivalRate,
  rampingVus,
  replay,
  schedule,
];
