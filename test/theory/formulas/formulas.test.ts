import { describe, expect, it } from 'vitest';
import { birthDeathQueue } from './birth-death.ts';
import { erlangB, erlangC, meanWait, sojournQuantile, waitQuantile } from './erlang.ts';
import { erlangArrivalsSojourn, pollaczekKhinchineWait, processorSharingSojourn } from './single-server.ts';
import { warmPool } from './warm-pool.ts';
import { exponentialServiceWave, serviceWave } from './wave.ts';

/**
 * The formulas against published tables and independent solutions, to every digit that those print. They
 * are the yardstick of the simulation, so they are measured first.
 */
const digits = (text: string) => (text.split('.')[1] ?? '').length;

/** `value`, printed with the digits of `text`, is `text`. */
function expectPrinted(value: number, text: string): void {
  expect(value.toFixed(digits(text)), `${value}`).toBe(text);
}

describe('Erlang', () => {
  it.each([
    [1, 1, '0.50000000'],
    [2, 3, '0.21052632'],
    [5, 10, '0.01838457'],
    [10, 10, '0.21458234'],
    [20, 25, '0.05022178'],
    [100, 100, '0.07570045'],
    [1000, 1000, '0.02481192'],
    [2016, 1000, '0.50445458'],
    [900, 1000, '0.00005930'],
  ])('B(%d Erlang, %d servers) = %s', (offered, servers, loss) => {
    expectPrinted(erlangB(offered, servers), loss);
  });

  it.each([
    [0.5, 1, 1, '0.500000', '1.000000', '4.60517', '7.82405', '5.99146', '9.21034'],
    [0.9, 1, 1, '0.900000', '9.000000', '28.90372', '44.99810', '29.95732', '46.05170'],
    [1.6, 1, 2, '0.711111', '1.777778', '6.63701', '10.66061', '7.91068', '11.93737'],
    [3.2, 1, 4, '0.596432', '0.745541', '3.09868', '5.11048', '4.73802', '6.89320'],
    [8, 1, 10, '0.409180', '0.204590', '1.05107', '1.85579', '3.32827', '4.94611'],
    [90, 1, 100, '0.216940', '0.021694', '0.14676', '0.30770', '3.01955', '4.62899'],
    [450, 5, 100, '0.216940', '0.004339', '0.02935', '0.06154', '0.60391', '0.92580'],
  ])('M/M/c: λ %d, μ %d, c %d', (arrivalRate, serviceRate, servers, ...printed) => {
    const queue = { arrivalRate, serviceRate, servers };
    expectPrinted(erlangC(arrivalRate / serviceRate, servers), printed[0]!);
    expectPrinted(meanWait(queue), printed[1]!);
    expectPrinted(waitQuantile(queue, 0.95), printed[2]!);
    expectPrinted(waitQuantile(queue, 0.99), printed[3]!);
    expectPrinted(sojournQuantile(queue, 0.95), printed[4]!);
    expectPrinted(sojournQuantile(queue, 0.99), printed[5]!);
  });
});

describe('queues with limits', () => {
  it.each([
    [3, 4, 2, 3, '0.049360', '0.762340', '0.049360', '0.267308'],
    [0.9, 1, 1, 10, '0.050814', '3.969441', '3.115173', '4.646601'],
    [8, 1, 10, 20, '0.009107', '9.077056', '1.149914', '1.145060'],
    [12, 1, 10, 20, '0.179666', '16.104498', '6.260489', '1.635969'],
    [100, 1, 100, 150, '0.015820', '118.588842', '20.170872', '1.204951'],
    [5, 8, 1, 5, '0.038030', '1.286371', '0.685140', '0.267445'],
  ])('M/M/c/K: λ %d, μ %d, c %d, K %d', (arrivalRate, serviceRate, servers, room, ...printed) => {
    const { rejected, inSystem, waiting, sojourn } = birthDeathQueue({
      arrivalRate,
      serviceRate,
      servers,
      room,
    });
    expectPrinted(rejected, printed[0]!);
    expectPrinted(inSystem, printed[1]!);
    expectPrinted(waiting, printed[2]!);
    expectPrinted(sojourn, printed[3]!);
  });

  it.each([
    [10, 1, 10, 1, '0.125110', '1.25110'],
    [12, 1, 10, 0.5, '0.195656', '4.69574'],
    [110, 1, 100, 1, '0.099192', '10.91107'],
    [9, 1, 10, 2, '0.104876', '0.47194'],
  ])('Erlang-A: λ %d, μ %d, c %d, θ %d', (arrivalRate, serviceRate, servers, patienceRate, share, line) => {
    const queue = { arrivalRate, serviceRate, servers, patienceRate, room: servers + 1000 };
    expectPrinted(birthDeathQueue(queue).abandoned, share);
    expectPrinted(birthDeathQueue(queue).waiting, line);
  });
});

describe('one server', () => {
  it.each([
    [0.5, 0, '0.500000'],
    [0.5, 0.25, '0.625000'],
    [0.8, 1, '4.000000'],
    [0.8, 4, '10.000000'],
    [0.9, 16, '76.500000'],
  ])('Pollaczek–Khinchine: load %d, cv² %d', (load, cv2, wait) => {
    expectPrinted(pollaczekKhinchineWait(load, 1, cv2), wait);
  });

  it('processor sharing: E[S] / (1 − ρ)', () => {
    expectPrinted(processorSharingSojourn(0.9, 1), '10.0000');
  });

  it('E_k/M/1 is M/M/1 for one phase, and D/M/1 for very many', () => {
    expect(erlangArrivalsSojourn(0.8, 1, 1)).toBeCloseTo(1 / (1 - 0.8), 9);
    // D/M/1 at load 0.5: σ = e^(−2(1−σ)) has the root 0.2031878…
    const sigma = 1 - 1 / erlangArrivalsSojourn(0.5, 1, 1e6);
    expect(sigma).toBeCloseTo(Math.exp(-2 * (1 - sigma)), 5);
  });

  it.each([
    [100, 0.5, 60, 1, '49.7281', '0.99637'],
    [100, 0.8, 600, 30, '2289.6677', '29.06766'],
  ])('M_t/M/∞: λ %d, b %d, period %d, E[S] %d', (rate, swing, period, service, amplitude, lag) => {
    const swinging = { rate, swing, periodSeconds: period };
    const wave = exponentialServiceWave(swinging, service);
    expectPrinted(wave.amplitude, amplitude);
    expectPrinted(wave.lagSeconds, lag);
    // The general form, by numbers, for the same law of service.
    const byNumbers = serviceWave(swinging, (s) => Math.exp(-s / service), 40 * service);
    expect(byNumbers.amplitude).toBeCloseTo(wave.amplitude, 3);
    expect(byNumbers.lagSeconds).toBeCloseTo(wave.lagSeconds, 3);
  });
});

describe('warm pool', () => {
  it.each([
    [0.9, 1.991, 600, '0.00132931', '7.69193', '6429.4'],
    [10, 2.016, 10, '0.026987', '28.47303', '105.5'],
    [10, 2.016, 600, '0.000289734', '37.53499', '12955.0'],
    [0.01, 0.2, 300, '0.0516698', '0.95628', '1850.8'],
    [1, 0.2, 300, '0.000978334', '3.26708', '3339.4'],
    [5, 0.1, 600, '0.000127454', '5.36828', '8423.9'],
    [100, 0.1, 600, '0.0000179903', '26.12053', '14519.3'],
  ])('λ %d, E[S] %d, T %d', (arrivalRate, meanService, idleSeconds, cold, pool, lifetime) => {
    const state = warmPool({ arrivalRate, meanService, idleSeconds });
    expectPrinted(state.coldFraction, cold);
    expectPrinted(state.pool, pool);
    expectPrinted(state.lifetimeSeconds, lifetime);
  });

  it('is e^(−λT) when requests never overlap', () => {
    const sparse = warmPool({ arrivalRate: 1 / 300, meanService: 1e-6, idleSeconds: 600 });
    expect(sparse.coldFraction).toBeCloseTo(Math.exp(-2), 6);
  });
});
