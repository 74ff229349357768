import { describe, expect, it } from 'vitest';
import { billOf, cents, type Example, type MonthBill } from './bill-of.ts';

/** A fixed service without addresses, nobody calling. */
function service(options: string, more: Partial<Example> = {}): MonthBill {
  return billOf({
    rate: '0/s',
    duration: '3600s',
    month: '730h',
    workload: '{ cpu: 10ms }',
    platform: `{ type: ecs, publicIpv4: false, ${options} }`,
    ...more,
  });
}

describe('AWS Fargate pricing page (2026), Linux/x86 with ephemeral storage', () => {
  // 5 tasks, 10 minutes on each of 30 days: five hours of the month.
  const example = 'cpu: 1024, memory: 2048, desiredCount: 5, ephemeralStorage: { sizeInGiB: 30 }';

  it('$1.26 at the prices by the hour', () => {
    const bill = service(example, { duration: '600s', month: '5h' });
    expect(bill.line('fargate.vcpu').quantity).toBe(25);
    expect(bill.line('fargate.memory').quantity).toBe(50);
    expect(bill.line('fargate.ephemeral-storage').quantity).toBe(250);
    expect(cents(bill.usdPerMonth)).toBe('1.26');
  });

  it('$1.26198 at the prices by the second as published', () => {
    const prices = [
      'fargate.vcpu.x86: $0.0404784/h',
      'fargate.memory.x86: $0.004446/h',
      'fargate.ephemeral-storage: $0.00011088/h',
    ];
    const billing = `prices: { ${prices.join(', ').replaceAll('/h', '')} }`;
    const bill = service(example, { duration: '600s', month: '5h', billing });
    expect(bill.line('fargate.vcpu').usd).toBeCloseTo(1.01196, 12);
    expect(bill.line('fargate.memory').usd).toBeCloseTo(0.2223, 12);
    expect(bill.line('fargate.ephemeral-storage').usd).toBeCloseTo(0.02772, 12);
    expect(bill.usdPerMonth).toBeCloseTo(1.26198, 12);
  });

  it('storage may be a plain number of GiB', () => {
    const bill = service('cpu: 1024, memory: 2048, ephemeralStorage: 30');
    expect(bill.line('fargate.ephemeral-storage').quantity).toBe(7300);
  });
});

describe('Infracost golden files (2025-07): services of 23 tasks of 1 vCPU and 2 GB, 730 h', () => {
  it.each([
    [1, '29.55', '6.49'],
    [23, '679.66', '149.26'],
  ])('%d tasks: $%s and $%s', (tasks, vcpu, memory) => {
    const bill = service(`cpu: 1024, memory: 2048, desiredCount: ${tasks}`);
    expect(cents(bill.line('fargate.vcpu').usd)).toBe(vcpu);
    expect(cents(bill.line('fargate.memory').usd)).toBe(memory);
    expect(bill.usdPerMonth).toBeCloseTo((tasks * 828.9223) / 23, 4);
  });
});

describe('kinds of task, an hour of one vCPU and two GB', () => {
  const hour = (options: string, more: Partial<Example> = {}) =>
    service(`cpu: 1024, memory: 2048, ${options}`, { month: '1h', ...more });

  it.each([
    ['architectures: [arm64]', 0.03238, 0.00356],
    ['architectures: [x86_64]', 0.04048, 0.004445],
    // A sample of Fargate Spot was 66.4 % off.
    ['launchType: FARGATE_SPOT', 0.04048 * 0.336, 0.004445 * 0.336],
    ['launchType: FARGATE_SPOT, architectures: [arm64]', 0.03238 * 0.336, 0.00356 * 0.336],
    ['operatingSystem: windows', 0.09148, 0.01005],
  ])('%s', (options, vcpu, memory) => {
    const bill = hour(options);
    expect(bill.line('fargate.vcpu').usd).toBeCloseTo(vcpu, 4);
    expect(bill.line('fargate.memory').usd).toBeCloseTo(2 * memory, 4);
  });

  it('Windows pays a licence for each vCPU', () => {
    expect(hour('operatingSystem: windows').line('fargate.windows-licence').usd).toBeCloseTo(0.046, 9);
  });

  it.each(['launchType: FARGATE_SPOT', 'operatingSystem: windows'])('%s: prices are marked', (options) => {
    const { assumptions } = hour(options).platform;
    expect(assumptions.filter((each) => /price of `fargate\..*uncertain/.test(each)).length).toBeGreaterThan(
      1,
    );
  });

  it('a public address costs $0.005 an hour', () => {
    const bill = billOf({
      rate: '0/s',
      duration: '3600s',
      month: '730h',
      workload: '{ cpu: 1ms }',
      platform: '{ type: ecs, cpu: 256, memory: 512, desiredCount: 2 }',
    });
    expect(bill.line('vpc.public-ipv4').usd).toBeCloseTo(2 * 3.65, 9);
  });
});

describe('Fargate bills from the start of the image pull, a minute at least, Windows five', () => {
  /** vCPU-seconds of a task that is ordered at 0; the month is the window. */
  const seconds = (options: string, duration: string) =>
    service(`cpu: 1024, memory: 2048, start: empty, ${options}`, { duration, month: duration }).line(
      'fargate.vcpu',
    ).quantity * 3600;

  it.each([
    ['provisioning: 15s, pull: 40s, applicationStart: 10s', '600s', 585],
    ['provisioning: 15.5s, pull: 40s', '600s', 585], // 584.5 s
    ['provisioning: 580s, pull: 10s', '600s', 60],
    ['provisioning: 400s, pull: 10s, operatingSystem: windows', '600s', 300],
    ['provisioning: 100s, pull: 10s, operatingSystem: windows', '600s', 500],
  ])('%s in %s: %d s', (options, duration, expected) => {
    expect(seconds(options, duration)).toBeCloseTo(expected, 6);
  });

  // Provisioning takes 10–20 s, and the last 10 s are the program's own.
  it('an image of 413 MB starts after 53–62 s', () => {
    const it = service('cpu: 1024, memory: 2048, start: empty', { duration: '600s', month: '600s' });
    const inService = it.platform.capacity.mean * 600;
    // Measured from creation to start: 53–62 s.
    expect(600 - inService - 10).toBeGreaterThan(50);
    expect(600 - inService - 10).toBeLessThan(63);
  });

  it('a SOCI index makes an image of 413 MB start 50–60 % sooner', () => {
    const wait = (options: string) => {
      const more = { duration: '600s', month: '600s' };
      const one = service(`cpu: 1024, memory: 2048, start: empty, applicationStart: 0s, ${options}`, more);
      return 600 * (1 - one.platform.capacity.mean);
    };
    const saved = 1 - wait('soci: true') / wait('soci: false');
    expect(saved).toBeGreaterThan(0.45);
    expect(saved).toBeLessThan(0.65);
    expect(wait('soci: true, imageSize: 200MB')).toBe(wait('soci: false, imageSize: 200MB'));
  });
});
