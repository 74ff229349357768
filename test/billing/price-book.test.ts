import { describe, expect, it } from 'vitest';
import { openPriceBook, regions } from '../../sim/billing/index.ts';
import { type Problem, ScenarioError } from '../../sim/problems/problem.ts';

function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('openPriceBook', () => {
  it('refuses a region without prices and names those with', () => {
    const [found] = problemsOf(() => openPriceBook('us-esat-1'));
    expect(found).toMatchObject({ code: 'unknown-region', path: ['region'] });
    expect(found!.help).toContain('did you mean `us-east-1`');
    for (const region of regions) expect(found!.help).toContain(region);
  });

  it.each(['__proto__', 'constructor', ''])('refuses the region %j', (region) => {
    expect(problemsOf(() => openPriceBook(region))[0]!.code).toBe('unknown-region');
  });

  it('tells every problem at once', () => {
    const codes = problemsOf(() =>
      openPriceBook('moon-1', { 'lambda.request': '$1', 'alb.hours': 2, 'alb.lcu': '$1/h' }),
    ).map((each) => each.code);
    expect(codes).toEqual(['unknown-region', 'unknown-price', 'invalid-price', 'invalid-price']);
  });
});

describe('price', () => {
  const book = openPriceBook('us-east-1');

  it('has everything needed to defend it', () => {
    expect(book.price('lambda.duration.arm64')).toEqual({
      id: 'lambda.duration.arm64',
      line: 'lambda.duration.arm64',
      what: 'Lambda duration (Arm)',
      unit: 'GB-s',
      tiers: [
        { upTo: '7500000000', usd: '0.0000133334' },
        { upTo: '18750000000', usd: '0.0000120001' },
        { upTo: null, usd: '0.0000106667' },
      ],
      free: { pool: 'lambda.duration', quantity: '400000' },
      source: 'AWS Price List, AWSLambda, us-east-1',
      date: '2026-09-19',
    });
  });

  it('says where an unpriced thing has a price, and how to give one', () => {
    const singapore = openPriceBook('ap-southeast-1');
    const [found] = problemsOf(() => singapore.price('ebs.st1', ['platforms', 'servers', 'ebs']));
    expect(found).toMatchObject({ code: 'unpriced', path: ['platforms', 'servers', 'ebs'] });
    expect(found!.help).toContain('us-east-1 $0.045');
    expect(found!.help).toContain('billing.prices');
  });

  it('tells the variants of a line that is no price itself', () => {
    const [found] = problemsOf(() => book.price('fargate.vcpu'));
    expect(found!.code).toBe('unpriced');
    expect(found!.help).toContain('`fargate.vcpu.arm64`');
  });

  it.each(['__proto__', 'toString', 'ec2.instance.', 'ec2.instance.__proto__'])('has no price %j', (id) => {
    expect(problemsOf(() => book.price(id))[0]!.code).toBe('unpriced');
  });
});

describe('instance types', () => {
  const book = openPriceBook('us-east-1');

  it('know their size', () => {
    expect(book.instanceType('t4g.small')).toEqual({
      name: 't4g.small',
      vcpus: 2,
      memoryMib: 2_048,
      architecture: 'arm64',
      burstable: true,
      enis: 3,
      ipv4PerEni: 4,
    });
    expect(book.instanceType('m7i.16xlarge')).toMatchObject({
      vcpus: 64,
      memoryMib: 262_144,
      burstable: false,
    });
    expect(book.instanceType('m7i.16xlarge').architecture).toBe('x86_64');
  });

  it.each([
    ['m7g.larg', 'm7g.large'],
    ['c7g.extralarge', 'c7g.xlarge'],
    ['T3.Medium', 't3.medium'],
    ['mm7g.large', 'm7g.large'],
  ])('%s: did you mean %s', (wrong, right) => {
    const [found] = problemsOf(() => book.instanceType(wrong));
    expect(found!.code).toBe('unknown-instance-type');
    expect(found!.help).toContain(`\`${right}\``);
  });

  it('of a known family are answered from that family', () => {
    const [found] = problemsOf(() => book.instanceType('m9g.huge'));
    for (const name of found!.help!.match(/`[^`]+`/g)!) expect(name).toMatch(/^`m9g\./);
  });

  it('that another region offers say so', () => {
    const [found] = problemsOf(() => openPriceBook('ap-southeast-1').instanceType('m7a.large'));
    expect(found!.code).toBe('unknown-instance-type');
    expect(found!.message).toContain('not offered in ap-southeast-1');
    expect(found!.help).toContain('us-east-1 and eu-west-1');
  });

  it('keep a hostile name short', () => {
    const [found] = problemsOf(() => book.instanceType('x'.repeat(100_000)));
    expect(found!.message.length).toBeLessThan(200);
  });

  it('have prices by system on one bill line, and Spot on another', () => {
    expect(book.instancePrice('t3.medium', 'linux')).toMatchObject({
      id: 'ec2.instance.t3.medium',
      unit: 'h',
      tiers: [{ upTo: null, usd: '0.0416' }],
    });
    expect(book.instancePrice('t3.medium', 'windows')).toMatchObject({
      line: 'ec2.instance.t3.medium',
      tiers: [{ upTo: null, usd: '0.06' }],
    });
    const spot = book.instancePrice('t3.medium', 'spotLinux');
    expect(spot).toMatchObject({
      line: 'ec2.spot.t3.medium',
      tiers: [{ usd: '0.01834', uncertain: true }],
    });
    expect(spot.note).toContain('mean Spot price');
  });

  it('without a Windows price say so', () => {
    const [found] = problemsOf(() => book.instancePrice('m7g.large', 'windows', ['platforms', 'a']));
    expect(found).toMatchObject({ code: 'unpriced', path: ['platforms', 'a'] });
  });
});

describe('list', () => {
  it('is sorted, unique, and holds services and instances', () => {
    const ids = openPriceBook('eu-west-1')
      .list()
      .map((price) => price.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).toContain('alb.lcu');
    expect(ids).toContain('ec2.instance.m7g.large');
    expect(ids).not.toContain('ebs.st1');
  });

  it('counts the instance types of each region', () => {
    // Lines of the price lists of July 2026.
    const counts = regions.map((region) => [region, openPriceBook(region).listInstanceTypes().length]);
    expect(counts).toEqual([
      ['us-east-1', 1_347],
      ['eu-west-1', 1_039],
      ['ap-southeast-1', 836],
    ]);
  });
});

describe('overrides', () => {
  it('are flat, keep the free pool and show the list price', () => {
    const book = openPriceBook('us-east-1', { 'lambda.duration.x86': '$0.00001667' });
    const price = book.price('lambda.duration.x86');
    expect(price.tiers).toEqual([{ upTo: null, usd: '0.00001667' }]);
    expect(price.free).toEqual({ pool: 'lambda.duration', quantity: '400000' });
    expect(price.note).toContain('0.0000166667');
    expect(book.overrides).toEqual({ 'lambda.duration.x86': '$0.00001667' });
    expect(book.price('lambda.duration.arm64').tiers).toHaveLength(3);
  });

  it('price what a region lacks', () => {
    const book = openPriceBook('ap-southeast-1', {
      'ebs.st1': '$0.054/GB-month',
      'ec2.instance.m7a.large': '$0.14/h',
    });
    expect(book.price('ebs.st1').tiers[0]!.usd).toBe('0.054');
    expect(book.instanceType('m7a.large').vcpus).toBe(2);
    expect(book.instancePrice('m7a.large', 'linux').tiers[0]!.usd).toBe('0.14');
    expect(book.list().map((price) => price.id)).toContain('ec2.instance.m7a.large');
  });

  it('of a line hold for its variants, unless one has its own', () => {
    const book = openPriceBook('us-east-1', {
      'fargate.vcpu.arm64': '$0.02',
      'fargate.vcpu': '$0.03/vCPU-h',
    });
    expect(book.price('fargate.vcpu.x86').tiers[0]!.usd).toBe('0.03');
    expect(book.price('fargate.vcpu.arm64').tiers[0]!.usd).toBe('0.02');
    const instances = openPriceBook('us-east-1', { 'ec2.instance.m5.large': '$0.05' });
    expect(instances.instancePrice('m5.large', 'windows').tiers[0]!.usd).toBe('0.05');
  });

  it('of an unknown price name the nearest', () => {
    const near = (id: string) => problemsOf(() => openPriceBook('us-east-1', { [id]: '$1' }))[0]!;
    expect(near('lambda.request')).toMatchObject({
      at: 'key',
      path: ['billing', 'prices', 'lambda.request'],
    });
    expect(near('lambda.request').help).toContain('`lambda.requests`');
    expect(near('ec2.instance.m7g.larg').help).toContain('`ec2.instance.m7g.large`');
    expect(near('fargate.cpu').help).toContain('`fargate.vcpu`');
  });
});
