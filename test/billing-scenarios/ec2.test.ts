import { describe, expect, it } from 'vitest';
import { BARE, billOf, cents, type Example, fleet } from './bill-of.ts';

describe('on-demand instances for a month of 730 h', () => {
  it.each([
    ['t3.medium', '30.37'],
    ['t2.medium', '33.87'],
    ['t3.large', '60.74'],
    ['t3.micro', '7.59'],
  ])('%s: $%s', (instanceType, usd) => {
    const bill = fleet(`instanceType: ${instanceType}, ${BARE}`);
    expect(bill.line(`ec2.instance.${instanceType}`).quantity).toBe(730);
    expect(cents(bill.usdPerMonth)).toBe(usd);
  });

  it('t3.medium with Windows: $43.80, on the line of its type', () => {
    const bill = fleet(`instanceType: t3.medium, operatingSystem: windows, ${BARE}`);
    expect(bill.line('ec2.instance.t3.medium').usd).toBeCloseTo(43.8, 9);
    expect(cents(bill.usdPerMonth)).toBe('43.80');
  });

  it('a fixed c7g.large fleet of three, with volumes, addresses and monitoring', () => {
    const bill = fleet('instanceType: c7g.large, minSize: 3');
    expect(bill.line('ec2.instance.c7g.large').usd).toBeCloseTo(3 * 730 * 0.0725, 9);
    expect(bill.line('ebs.gp3').usd).toBeCloseTo(3 * 20 * 0.08, 9);
    expect(bill.line('vpc.public-ipv4').usd).toBeCloseTo(3 * 730 * 0.005, 9);
    expect(bill.line('cloudwatch.detailed-monitoring').usd).toBeCloseTo(3 * 2.1, 9);
    expect(bill.usdPerMonth).toBeCloseTo(158.775 + 4.8 + 10.95 + 6.3, 9);
  });

  it.each(['60s', '3600s', '90000s'])('is the same from a window of %s', (duration) => {
    expect(fleet(`instanceType: t3.medium, ${BARE}`, { duration }).usdPerMonth).toBeCloseTo(30.368, 9);
  });

  it.each([
    ['720h', 29.952],
    ['744h', 30.9504],
  ])('a month of %s costs $%d', (month, usd) => {
    expect(fleet(`instanceType: t3.medium, ${BARE}`, { month }).usdPerMonth).toBeCloseTo(usd, 9);
  });
});

describe('instances that start or stop inside the window', () => {
  /** Ordered at 0, running after `pending`; the month is the window, so that seconds can be read off. */
  const started = (pending: string, duration: string) =>
    fleet(`instanceType: t3.medium, start: empty, pending: ${pending}, ${BARE}`, {
      duration,
      month: duration,
    }).line('ec2.instance.t3.medium').quantity * 3600;

  it.each([
    ['600s', '3600s', 3000],
    ['600.4s', '3600s', 3000], // 2,999.6 s
    ['600.6s', '3600s', 3000], // 2,999.4 s
    ['3570s', '3600s', 60], // half a minute costs a minute
    ['3540s', '3600s', 60],
    ['3538.5s', '3600s', 62], // 61.5 s
    ['30s', '60s', 60],
  ])('in service time %s of pending in %s: %d s are billed', (pending, duration, seconds) => {
    expect(started(pending, duration)).toBeCloseTo(seconds, 6);
  });

  it('pending is not billed, boot and start of the application are', () => {
    const slow = fleet(
      `instanceType: t3.medium, start: empty, pending: 100s, boot: 200s, applicationStart: 300s, ${BARE}`,
      { month: '3600s' },
    );
    expect(slow.line('ec2.instance.t3.medium').quantity * 3600).toBeCloseTo(3500, 6);
    expect(slow.platform.capacity.mean).toBeCloseTo(3000 / 3600, 9);
  });

  /** Two idle instances, one wanted: after fifteen low minutes one leaves, the older. */
  const scaledIn = (more: Partial<Example>) => {
    const policy = '{ metric: ASGAverageCPUUtilization, targetValue: 50 }';
    const sizes = 'minSize: 1, maxSize: 2, desiredCapacity: 2';
    const group = `instanceType: t3.medium, ${sizes}, targetTracking: ${policy}`;
    return fleet(group, { month: '3600s', ...more }).line('ec2.instance.t3.medium').quantity * 3600;
  };

  it('scaled in after fifteen minutes: 3,600 s and 900 s', () => {
    expect(scaledIn({})).toBeCloseTo(3600 + 900, 6);
  });

  it('one that still serves is paid to the end of its last request, in whole seconds', () => {
    // Requests every 10 s in turn; the older instance takes those at 0, 20, … 880 s, the last until 905.4 s.
    expect(scaledIn({ rate: '1/10s', workload: '{ cpu: 0s, wait: 25.4s }' })).toBeCloseTo(3600 + 906, 6);
  });
});

describe('Application Load Balancer', () => {
  /** An instance behind a balancer; the load balancer's own lines are looked at. */
  const behind = (balancer: string, more: Partial<Example>) =>
    fleet(`instanceType: c7g.large, frontDoor: { type: alb${balancer} }`, { month: '720h', ...more });

  it('small application: 1 connection/s for 2 min, 5 requests/s, 300 KB/s, 60 rules: $22.42 in 720 h', () => {
    const bill = behind(', rules: 60, requestsPerConnection: 5, connectionDuration: 2m', {
      rate: '5/s',
      duration: '7200s',
      workload: '{ cpu: 1ms, payload: { in: 10KB, out: 50KB } }',
    });
    expect(bill.line('alb.hours').usd).toBeCloseTo(16.2, 9);
    // Bytes decide: 1.08 GB an hour; connections are 0.04 of a unit, rules 0.25.
    expect(bill.line('alb.lcu').quantity).toBeCloseTo(720 * 1.08, 6);
    expect(cents(bill.line('alb.lcu').usd)).toBe('6.22');
    expect(cents(bill.line('alb.hours').usd + bill.line('alb.lcu').usd)).toBe('22.42');
  });

  it.each([
    // What decides the LCU of 5 requests/s of 1 KB, and LCU
    [', requestsPerConnection: 1, connectionDuration: 1s', 5 / 25],
    [', requestsPerConnection: 5, connectionDuration: 10m', 600 / 3000],
    [', rules: 410, requestsPerConnection: 5, connectionDuration: 1s', (5 * 400) / 1000],
  ])('the largest dimension decides:%s', (balancer, lcu) => {
    const bill = behind(balancer, {
      rate: '5/s',
      duration: '7200s',
      workload: '{ cpu: 1ms, payload: { in: 1KB } }',
    });
    expect(bill.line('alb.lcu').quantity).toBeCloseTo(720 * lcu, 6);
  });

  it('1,000 GB in 730 h: $16.43 and $8.00', () => {
    // 10,000 requests of 10 MB in 73 h are 100 GB, a tenth of the month's.
    const bill = behind('', {
      rate: '10000/73h',
      duration: '262800s',
      month: '730h',
      workload: '{ cpu: 1ms, payload: { in: 10MB } }',
    });
    expect(cents(bill.line('alb.hours').usd)).toBe('16.43');
    expect(bill.line('alb.lcu').quantity).toBeCloseTo(1000, 6);
    expect(cents(bill.line('alb.lcu').usd)).toBe('8.00');
  });
});

describe('data transfer out', () => {
  it.each([
    '{ type: lambda, coldStart: { setup: 0s, init: 0s } }',
    '{ type: lambda, coldStart: { setup: 0s, init: 0s }, invocation: async, maximumRetryAttempts: 0 }',
    `{ type: ec2, instanceType: m4.large }`,
  ])('is of answers alone, on every platform alike: %s', (platform) => {
    // The answers of a service that always fails are not its payload.
    const sent = (workload: string) =>
      billOf({
        rate: '3600/h',
        duration: '3600s',
        month: '3600s',
        workload: `{ cpu: 1ms, payload: { out: 1MiB }, ${workload} }`,
        platform,
        billing: 'egress: internet',
      }).platform.cost.lines.find(({ id }) => id === 'data-transfer.out')?.quantity;
    expect(sent('errorRate: 0')).toBeCloseTo(3600 / 1024, 9);
    expect(sent('errorRate: 1')).toBeUndefined();
    // Nobody waits for what became of an event.
    const isEvent = platform.includes('async');
    expect((sent('wait: 2s, timeout: 1s') ?? 0) > 1 / 1024).toBe(isEvent);
  });

  const transfer = (rate: string, out: string, duration: string, billing: string) =>
    fleet('instanceType: c7g.large', {
      rate,
      duration,
      month: '720h',
      workload: `{ cpu: 1us, payload: { out: ${out} } }`,
      billing,
    });

  it('15 billion answers of 4 KiB through the tiers: $4,824.63', () => {
    const bill = transfer('15000000000/30d', '4KiB', '2592ms', 'egress: internet');
    expect(bill.line('data-transfer.out').quantity).toBeCloseTo(57_220.458984375, 6);
    expect(cents(bill.line('data-transfer.out').usd)).toBe('4824.63');
  });

  it('60 TiB: 10 at $0.09, 40 at $0.085, 10 at $0.07; the free 100 GB come off before the steps', () => {
    const sixty = (billing: string) => transfer('61440/30d', '1GiB', '129600s', billing);
    const usd = 10_240 * 0.09 + 40_960 * 0.085 + 10_240 * 0.07;
    expect(sixty('egress: internet').line('data-transfer.out').usd).toBeCloseTo(usd, 6);
    const free = sixty('egress: internet, freeTier: true').line('data-transfer.out');
    expect(free.freeQuantity).toBe(100);
    expect(free.usd).toBeCloseTo(usd - 100 * 0.07, 6);
  });

  it('nothing unless the scenario charges for it', () => {
    const { platform } = transfer('61440/30d', '1GiB', '129600s', 'egress: none');
    expect(platform.cost.lines.map((line) => line.id)).not.toContain('data-transfer.out');
  });
});
