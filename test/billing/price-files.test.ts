import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reservedColumns } from '../../sim/billing/commitments/reserved-prices.ts';
import { openPriceBook, regions } from '../../sim/billing/index.ts';
import { instanceColumns } from '../../sim/billing/instances.ts';
import { priceFiles } from '../../sim/billing/price-files.ts';

const FOLDER = new URL('../../sim/billing/prices/', import.meta.url);
const DECIMAL = /^\d+(\.\d+)?$/;
const DATE = /^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;
const all = priceFiles.flatMap((file) => file.prices.map((price) => ({ file, price })));

describe('price files', () => {
  it('are all read, and small', () => {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    expect(names).toHaveLength(priceFiles.length + 2);
    const bytes = names.reduce((sum, name) => sum + statSync(new URL(name, FOLDER)).size, 0);
    expect(bytes).toBeLessThan(350_000);
  });

  it('have each price once, as service.meter[.variant]', () => {
    const ids = all.map(({ price }) => price.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
  });

  it('give every price a region, a source and a date', () => {
    for (const { file, price } of all) {
      const entries = Object.entries(price.regions);
      expect(entries.length, price.id).toBeGreaterThan(0);
      for (const [region, entry] of entries) {
        expect(regions, price.id).toContain(region);
        const source = file.sources[entry.source];
        expect(source?.title, price.id).toMatch(/\w/);
        expect(source?.date, price.id).toMatch(DATE);
      }
    }
  });

  it('have tiers that rise and end open, in exact decimals', () => {
    for (const { price } of all) {
      for (const { tiers } of Object.values(price.regions)) {
        const bounds = tiers.slice(0, -1).map((tier) => Number(tier.upTo));
        expect(tiers.at(-1)?.upTo, price.id).toBeNull();
        expect(bounds, price.id).toEqual([...bounds].sort((a, b) => a - b));
        expect(new Set(bounds).size, price.id).toBe(bounds.length);
        for (const tier of tiers) {
          expect(tier.usd, price.id).toMatch(DECIMAL);
          if (tier.upTo !== null) expect(tier.upTo, price.id).toMatch(DECIMAL);
        }
      }
    }
  });

  it('explain every uncertain figure', () => {
    const doubted = all.flatMap(({ price }) =>
      Object.values(price.regions).filter((entry) => entry.tiers.some((tier) => tier.uncertain)),
    );
    expect(doubted.length).toBeGreaterThan(0);
    for (const entry of doubted) expect(entry.note).toMatch(/\w/);
  });

  it('give variants of one line one unit, and one pool one size', () => {
    const unitOfLine = new Map<string, string>();
    const sizeOfPool = new Map<string, string>();
    for (const { price } of all) {
      const line = price.line ?? price.id;
      expect(unitOfLine.get(line) ?? price.unit, line).toBe(price.unit);
      unitOfLine.set(line, price.unit);
      if (price.free === undefined) continue;
      expect(sizeOfPool.get(price.free.pool) ?? price.free.quantity).toBe(price.free.quantity);
      sizeOfPool.set(price.free.pool, price.free.quantity);
    }
  });

  it('hold the line ids that results promise', () => {
    const lines = new Set(all.map(({ price }) => price.line ?? price.id));
    const promised = [
      'lambda.requests lambda.duration.x86 lambda.duration.arm64 lambda.ephemeral-storage',
      'lambda.provisioned.concurrency lambda.provisioned.duration',
      'lambda.snapstart.cache lambda.snapstart.restore',
      'ec2.cpu-credits ebs.gp3 vpc.public-ipv4 vpc.nat.hours vpc.nat.data alb.hours alb.lcu',
      'apigateway.http.requests apigateway.rest.requests sqs.requests fargate.vcpu fargate.memory',
      'fargate.ephemeral-storage eks.cluster eks.auto-mode ecs.managed-instances data-transfer.out',
      'data-transfer.cross-az cloudwatch.detailed-monitoring cloudwatch.logs',
    ].flatMap((row) => row.split(' '));
    expect(promised.filter((line) => !lines.has(line))).toEqual([]);
  });

  it('price Lambda, servers and containers in every region', () => {
    const needed = [
      'lambda.requests lambda.duration.x86 lambda.duration.arm64 lambda.ephemeral-storage',
      'lambda.provisioned.concurrency.x86 lambda.provisioned.concurrency.arm64 ebs.gp3 vpc.public-ipv4',
      'alb.hours alb.lcu cloudwatch.detailed-monitoring data-transfer.out',
      'eks.cluster vpc.nat.hours vpc.nat.data',
      'fargate.vcpu.x86 fargate.memory.x86 fargate.vcpu.arm64 fargate.memory.arm64',
    ].flatMap((row) => row.split(' '));
    for (const region of regions) {
      const book = openPriceBook(region);
      for (const id of needed) expect(book.price(id).tiers[0]!.usd).toMatch(DECIMAL);
    }
  });
});

describe('EC2 columns', () => {
  it('are all as long as the list of types', () => {
    const { types, vcpus, memoryMib, enis, ipv4PerEni, usdPerHour } = instanceColumns;
    expect(new Set(types).size).toBe(types.length);
    const sizes = [vcpus, memoryMib, enis, ipv4PerEni];
    const columns = [...sizes, ...Object.values(usdPerHour).flatMap((each) => Object.values(each))];
    for (const column of columns) expect(column).toHaveLength(types.length);
    for (const count of sizes.flat()) expect(count ?? 1).toBeGreaterThan(0);
    expect(enis.map((each) => each === null)).toEqual(ipv4PerEni.map((each) => each === null));
  });

  it('hold exact positive decimals, with a source and a date', () => {
    for (const region of Object.values(instanceColumns.usdPerHour)) {
      for (const usd of Object.values(region).flat()) {
        if (usd === null) continue;
        expect(usd).toMatch(DECIMAL);
        expect(Number(usd)).toBeGreaterThan(0);
      }
    }
    for (const source of Object.values(instanceColumns.sources)) expect(source.date).toMatch(DATE);
  });

  it('read prices off the published table', () => {
    // Amazon EC2 on-demand list, Linux, July 2026.
    const usd = (region: string, name: string) =>
      openPriceBook(region).instancePrice(name, 'linux').tiers[0]!.usd;
    expect(usd('us-east-1', 'c7g.large')).toBe('0.0725');
    expect(usd('eu-west-1', 'm7i-flex.large')).toBe('0.10673');
    expect(usd('ap-southeast-1', 'r8g.large')).toBe('0.14212');
    expect(usd('us-east-1', 'm9g.large')).toBe('0.09784');
  });
});

describe('columns of Reserved Instances', () => {
  it('are as long as the list of types, in exact decimals, the longer term the cheaper', () => {
    expect(Object.keys(reservedColumns.usdPerHour)).toEqual(regions);
    for (const terms of Object.values(reservedColumns.usdPerHour)) {
      expect(terms['1y']).toHaveLength(instanceColumns.types.length);
      expect(terms['3y']).toHaveLength(instanceColumns.types.length);
      terms['1y'].forEach((usd, index) => {
        const longer = terms['3y'][index]!;
        if (usd !== null) expect(usd).toMatch(DECIMAL);
        if (usd !== null && longer !== null) expect(Number(longer)).toBeLessThan(Number(usd));
      });
    }
    expect(reservedColumns.source.date).toMatch(DATE);
  });
});

const reservedCsv = new URL('../../../shared/facts/ec2-reserved-spot.csv', import.meta.url);
describe.runIf(existsSync(reservedCsv))('columns of Reserved Instances against the published list', () => {
  it('every region, type and term has its exact decimal', () => {
    const rows = readFileSync(reservedCsv, 'utf8').trim().split('\n').slice(1);
    const wrong = rows.filter((row) => {
      const [region, name, , , , , oneYear, threeYears] = row.split(',');
      const index = instanceColumns.types.indexOf(name!);
      const terms = reservedColumns.usdPerHour[region!]!;
      return (terms['1y'][index] ?? '') !== oneYear || (terms['3y'][index] ?? '') !== threeYears;
    });
    expect(rows.length).toBeGreaterThan(3_000);
    expect(wrong).toEqual([]);
  });
});

const csv = new URL('../../../shared/facts/ec2-ondemand.csv', import.meta.url);
describe.runIf(existsSync(csv))('EC2 columns against the published list', () => {
  it('every region and type has its exact decimal', () => {
    const rows = readFileSync(csv, 'utf8').trim().split('\n').slice(1);
    const books = new Map(regions.map((region) => [region, openPriceBook(region)]));
    const wrong = rows.filter((row) => {
      const [region, name, usd] = row.split(',');
      const price = books.get(region!)!.instancePrice(name!, 'linux');
      return price.tiers[0]!.usd !== usd;
    });
    expect(rows.length).toBeGreaterThan(3_000);
    expect(wrong).toEqual([]);
  });
});
