import { isSameSpec } from '../../distributions/index.ts';
import type { DefaultsContext } from '../platform.ts';
import { ASYNC_DEFAULTS } from './async-invocation.ts';
import { coldStartOf } from './functions.ts';
import { invocationOf } from './invocation.ts';
import type { FunctionOptions, LambdaOptions } from './options.ts';
import { withQueueDefaults } from './queue-invocation.ts';
import { withStreamDefaults } from './stream-invocation.ts';

/**
 * Defaults that depend on other keys: those of the way to the functions, by `invocation`, and the cold start
 * by runtime, package, architecture and memory. A function's own keys stay few: what it does not say is the
 * platform's.
 */
export function withDefaults(options: LambdaOptions, { program }: DefaultsContext): LambdaOptions {
  const invocation = invocationOf(options);
  const timeouts = program.workloads.map(({ name }) => ownKeys(options, name).timeout ?? options.timeout);
  const coldStart = coldStartOf(options, {});
  return {
    ...options,
    invocation,
    ...eventDefaults(options, invocation, timeouts),
    coldStart,
    functions: functionsWithStarts(options, coldStart),
  };
}

function ownKeys({ functions }: LambdaOptions, name: string): FunctionOptions {
  return Object.hasOwn(functions, name) ? functions[name]! : {};
}

function eventDefaults(
  options: LambdaOptions,
  invocation: LambdaOptions['invocation'],
  timeouts: readonly string[],
): Partial<LambdaOptions> {
  const { eventSource = {} } = options;
  switch (invocation) {
    case 'sync':
      return {};
    case 'async': {
      const { maximumRetryAttempts, maximumEventAge } = { ...ASYNC_DEFAULTS, ...options };
      return { maximumRetryAttempts, maximumEventAge };
    }
    case 'sqs':
      return { eventSource: withQueueDefaults(eventSource, timeouts) };
    default:
      return { eventSource: withStreamDefaults(eventSource) };
  }
}

/** Functions with the cold start of their own memory, runtime or code, where it is not the platform's. */
function functionsWithStarts(
  options: LambdaOptions,
  ofPlatform: NonNullable<LambdaOptions['coldStart']>,
): LambdaOptions['functions'] {
  const functions: Record<string, FunctionOptions> = Object.create(null);
  for (const [name, own] of Object.entries(options.functions)) {
    const coldStart = coldStartOf(options, own);
    const isInherited = own.coldStart === undefined && own.runtime === undefined;
    functions[name] = isInherited && isSameSpec(coldStart, ofPlatform) ? own : { ...own, coldStart };
  }
  return functions;
}
