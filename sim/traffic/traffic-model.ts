import type { z } from 'zod';
import { durationMicros, formatDuration } from '../units/duration.ts';
import type { StreamPlan, TrafficContext, TrafficModel, TrafficPlan } from './traffic.ts';

/** A traffic model whose schema is an object: its keys can be listed. */
export interface ObjectTrafficModel<Schema extends z.ZodObject>
  extends Omit<TrafficModel, 'schema' | 'plan' | 'withDefaults'> {
  readonly schema: Schema;
  withDefaults(options: z.output<Schema>, stream: StreamPlan | undefined): z.output<Schema>;
  plan(options: z.output<Schema>, context: TrafficContext): TrafficPlan;
}

/** Makes a traffic model, the type of its options taken from its schema. */
export function trafficModel<Schema extends z.ZodObject>(
  executor: string,
  schema: Schema,
  plan: (options: z.output<Schema>, context: TrafficContext) => TrafficPlan,
): ObjectTrafficModel<Schema> {
  const hasDuration = 'duration' in schema.shape;
  return {
    executor,
    schema,
    plan,
    withDefaults: (options, stream) =>
      stream === undefined ? options : { ...options, ...streamDefaults(options, stream, hasDuration) },
  };
}

/** Of which workload a stream is when there is only one, how long it lasts when the scenario says that. */
function streamDefaults(
  options: Readonly<Record<string, unknown>>,
  { workload, endMicros }: StreamPlan,
  hasDuration: boolean,
): object {
  const lastsMicros = Math.max(0, endMicros - durationMicros(String(options.startTime)));
  const isOpen = !hasDuration || options.duration !== undefined || !Number.isFinite(lastsMicros);
  return { workload, ...(isOpen ? {} : { duration: formatDuration(lastsMicros) }) };
}
