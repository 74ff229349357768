import type { z } from 'zod';
import type { TrafficContext, TrafficModel, TrafficPlan } from './traffic.ts';

/** A traffic model whose schema is an object: its keys can be listed. */
export interface ObjectTrafficModel<Schema extends z.ZodObject>
  extends Omit<TrafficModel, 'schema' | 'plan'> {
  readonly schema: Schema;
  plan(options: z.output<Schema>, context: TrafficContext): TrafficPlan;
}

/** Makes a traffic model, the type of its options taken from its schema. */
export function trafficModel<Schema extends z.ZodObject>(
  executor: string,
  schema: Schema,
  plan: (options: z.output<Schema>, context: TrafficContext) => TrafficPlan,
): ObjectTrafficModel<Schema> {
  return { executor, schema, plan };
}
