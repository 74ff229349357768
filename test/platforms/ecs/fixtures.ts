import { ScenarioError, simulate } from '../../../sim/index.ts';

/** A scenario of one ECS service; texts are YAML. */
export function ecsScenario(
  options: string,
  { rate = '1/s', duration = '1h', workload = '{ cpu: 10ms }', more = '', traffic = '' } = {},
): string {
  return [
    'version: 1',
    'name: service',
    `duration: ${duration}`,
    `workload: ${workload}`,
    'traffic:',
    traffic === ''
      ? `  main: { executor: constant-arrival-rate, rate: ${rate}, arrivals: uniform }`
      : traffic,
    `platforms: { it: { type: ecs, ${options} } }`,
    more,
  ].join('\n');
}

export function runEcs(options: string, parts: Parameters<typeof ecsScenario>[1] = {}) {
  return simulate(ecsScenario(options, parts)).platforms.it!;
}

/** Codes, places and messages of what is refused. */
export function refusals(options: string, parts: Parameters<typeof ecsScenario>[1] = {}) {
  try {
    simulate(ecsScenario(options, parts));
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ code, path, message, help }) => ({
      code,
      key: path.slice(2).join('.'),
      message,
      help: help ?? '',
    }));
  }
  return [];
}
