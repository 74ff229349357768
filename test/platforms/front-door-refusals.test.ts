import { describe, expect, it } from 'vitest';
import { openPriceBook, ScenarioError, simulate } from '../../sim/index.ts';
import { compileScenario } from '../../sim/scenario/compile.ts';
import { parseScenario } from '../../sim/scenario/parse.ts';
import { vocabulary } from '../../sim/scenario/vocabulary.ts';

function scenario(platform: string, payload = '', rest: readonly string[] = []): string {
  return [
    'version: 1',
    'duration: 10s',
    `workload: { cpu: 1ms, payload: { ${payload} } }`,
    'traffic: { main: { executor: constant-arrival-rate, rate: 5/s } }',
    `platforms: { it: ${platform} }`,
    ...rest,
  ].join('\n');
}

const behind = (frontDoor: string) => `{ type: lambda, frontDoor: ${frontDoor} }`;

function problemsOf(attempt: () => unknown) {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

describe('payloads', () => {
  // 6 MB are 6,291,456 bytes: Lambda's own message names that number.
  it.each([
    ['functionUrl', 'in: 6MiB, out: 6MiB', []],
    ['functionUrl', 'in: 6291457B', [/requests of workload .* 6291457 bytes.* 6 MB \(6291456 bytes\)/]],
    ['functionUrl', 'out: 7MB', [/responses of workload .* 7000000 bytes.* 6 MB/]],
    ['functionUrl', 'in: 7MB, out: 8MB', [/requests.* 6 MB/, /responses.* 6 MB/]],
    ['{ type: functionUrl, latency: 3ms }', 'in: 7MB', [/requests.* 6 MB/]],
    ['apiGatewayHttp', 'in: 6MB, out: 6MB', []],
    ['apiGatewayHttp', 'in: 7MB', [/requests.*synchronous invocation.* 6 MB/]],
    ['apiGatewayRest', 'out: 7MB', [/responses.*synchronous invocation.* 6 MB/]],
    ['alb', 'in: 1MiB, out: 1MiB', []],
    ['alb', 'in: 1048577B', [/requests.*load balancer.* 1 MB \(1048576 bytes\)/]],
    ['{ type: alb, rules: 3 }', 'out: 3MB', [/responses.*load balancer.* 1 MB/]],
    ['none', 'in: 50MB, out: 50MB', []],
    ['{ type: none }', 'in: 50MB', []],
  ])('%s with %s', (frontDoor, payload, messages) => {
    const problems = problemsOf(() => simulate(scenario(behind(frontDoor), payload)));
    expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual(
      messages.map(() => ['payload-too-large', 'platforms.it.frontDoor']),
    );
    messages.forEach((message, index) => {
      expect(problems[index]!.message).toMatch(message);
    });
  });

  it('are refused in the words of all that refuse them, with a remedy', () => {
    const helpOf = (frontDoor: string, payload: string) =>
      problemsOf(() => simulate(scenario(behind(frontDoor), payload)))[0]!.help!;
    expect(helpOf('apiGatewayHttp', 'in: 11MB')).toMatch(/Payload size: 10 MB.*maximum payload size is 6 MB/);
    expect(helpOf('apiGatewayHttp', 'in: 9MB')).not.toContain('10 MB');
    expect(helpOf('alb', 'in: 2MB')).toMatch(/at most 1 MB each.*S3.*frontDoor: none/);
  });

  it('are not held against a server, nor against a load balancer in front of one', () => {
    const servers = '{ type: ec2, instanceType: c7g.large, frontDoor: alb }';
    expect(problemsOf(() => simulate(scenario(servers, 'in: 50MB')))).toEqual([]);
  });
});

describe('options of an API', () => {
  it.each([
    ['{ type: apiGatewayHttp, timeout: 31s }', 'timeout', /Maximum integration timeout: 30 seconds/],
    ['{ type: apiGatewayHttp, timeout: 49ms }', 'timeout', /50 milliseconds/],
    ['{ type: apiGatewayRest, timeout: 0s }', 'timeout', /50 milliseconds/],
    ['{ type: apiGatewayRest, throttle: { rateLimit: 0/s } }', 'throttle.rateLimit', /throttle: none/],
  ])('%s', (frontDoor, key, help) => {
    const problems = problemsOf(() => simulate(scenario(behind(frontDoor))));
    expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['out-of-range', `platforms.it.frontDoor.${key}`],
    ]);
    expect(problems[0]!.help).toMatch(help);
  });

  it.each([
    ['{ type: apiGatewayRest, meteredPayload: request }', 'unknown-key'],
    ['{ type: apiGatewayHttp, rules: 2 }', 'unknown-key'],
    ['{ type: apiGatewayHttp, throttle: { rateLimit: 5 } }', 'invalid-value'],
    ['{ type: apiGatewayHttp, throttle: { burst: 5 } }', 'unknown-key'],
    ['apiGateway', 'invalid-value'],
    ['{ type: s3Event, latency: 5s }', 'unknown-key'],
  ])('%s: %s', (frontDoor, code) => {
    const problems = problemsOf(() => simulate(scenario(behind(frontDoor))));
    expect(problems.map((each) => each.code)).toEqual([code]);
  });

  it('are Lambda’s: servers have no API in front', () => {
    const servers = '{ type: ec2, instanceType: c7g.large, frontDoor: apiGatewayHttp }';
    const problems = problemsOf(() => simulate(scenario(servers)));
    expect(problems.map(({ code }) => code)).toEqual(['invalid-value']);
    expect(problems[0]!.path.join('.')).toBe('platforms.it.frontDoor');
  });

  it('may be several of which none is in order: all are told', () => {
    const frontDoor = '{ type: apiGatewayHttp, timeout: 40s, throttle: { rateLimit: 0/s } }';
    const problems = problemsOf(() => simulate(scenario(behind(frontDoor), 'in: 8MB')));
    expect(problems.map(({ code }) => code)).toEqual(['payload-too-large', 'out-of-range', 'out-of-range']);
  });
});

describe('prices of a region', () => {
  const REST = 'apigateway.rest.requests';
  const text = (prices: string) =>
    scenario(behind('apiGatewayRest'), '', ['region: eu-west-1', `billing: { month: 10s, ${prices} }`]);

  it('from secondary sources are told as such, and an override takes their place', () => {
    const bill = (prices: string) => {
      const { cost, assumptions } = simulate(text(prices)).platforms.it!;
      return { line: cost.lines.find(({ id }) => id === REST)!, said: assumptions.join('\n') };
    };
    const doubtful = bill('');
    expect(doubtful.line.usd).toBeCloseTo(doubtful.line.quantity * 3.5e-6, 12);
    expect(doubtful.said).toContain(`The price of \`${REST}\` is uncertain`);
    const own = bill(`prices: { ${REST}: $3.10/million }`);
    expect(own.line.usd).toBeCloseTo(own.line.quantity * 3.1e-6, 12);
    expect(own.said).not.toContain(REST);
  });

  it('that the book lacks are an error before anything runs, and name what to override', () => {
    // A book without prices of API Gateway in the region: what it has no price for is not offered there.
    const compile = (platform: string) => {
      const { scenario: parsed } = parseScenario(scenario(platform), 'scenario.yaml');
      const book = openPriceBook('eu-west-1');
      const lacking = Object.create(book, {
        price: {
          value: (id: string, path: readonly (string | number)[]) =>
            book.price(id.startsWith('apigateway.') ? 'apigateway.websocket.messages' : id, [...path]),
        },
      });
      return compileScenario(parsed!, {
        readFile: () => '',
        vocabulary: { ...vocabulary, openPriceBook: () => lacking },
      });
    };
    for (const type of ['apiGatewayHttp', 'apiGatewayRest']) {
      const problems = problemsOf(() => compile(behind(type)));
      expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
        ['unpriced', 'platforms.it.frontDoor'],
      ]);
      expect(problems[0]!.help).toMatch(/billing\.prices, as `apigateway\.[a-z.]+: \$…\//);
    }
    expect(problemsOf(() => compile(behind('functionUrl')))).toEqual([]);
  });
});
