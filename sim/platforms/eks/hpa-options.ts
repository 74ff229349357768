import { z } from 'zod';
import { quantitySchema } from '../../units/kubernetes-quantity.ts';

const averageValue = quantitySchema('mean value a pod, as a quantity', ['500m', '100']);
const percent = z.int().min(1).max(10_000).meta({ description: 'percent of what the pods request' });

const cpuTarget = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('Utilization').meta({ description: 'percent of the requests' }),
    averageUtilization: percent,
  }),
  z.strictObject({ type: z.literal('AverageValue').meta({ description: 'cores a pod' }), averageValue }),
]);

/** The one metric beside CPU: requests that come in a second, as an adapter would give it. */
const requestsMetric = z
  .strictObject({
    name: z.literal('http_requests_per_second').meta({ description: 'requests that arrive in a second' }),
  })
  .meta({ description: 'which metric' });

const metricSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('Resource').meta({ description: 'CPU of the pods' }),
      resource: z
        .strictObject({
          name: z.literal('cpu').meta({ description: 'the resource' }),
          target: cpuTarget.meta({ description: 'what the mean over the pods is held at' }),
        })
        .meta({ description: 'CPU, and its target' }),
    }),
    z.strictObject({
      type: z.literal('Pods').meta({ description: 'a metric of each pod' }),
      pods: z
        .strictObject({
          metric: requestsMetric,
          target: z
            .strictObject({
              type: z.literal('AverageValue').meta({ description: 'mean over the pods' }),
              averageValue,
            })
            .meta({ description: 'what the mean over the pods is held at' }),
        })
        .meta({ description: 'a metric of each pod, and its target' }),
    }),
    z.strictObject({
      type: z.literal('Object').meta({ description: 'one metric for all pods, as of an Ingress' }),
      object: z
        .strictObject({
          metric: requestsMetric,
          target: z
            .discriminatedUnion('type', [
              z.strictObject({
                type: z.literal('Value').meta({ description: 'the value itself' }),
                value: quantitySchema('the value, as a quantity', ['100', '2500']),
              }),
              z.strictObject({
                type: z.literal('AverageValue').meta({ description: 'divided by the pods' }),
                averageValue,
              }),
            ])
            .meta({ description: 'what the value is held at' }),
        })
        .meta({ description: 'one metric for all pods, and its target' }),
    }),
  ])
  .meta({ description: 'a metric and its target, in the form of autoscaling/v2' });

const policySchema = z
  .strictObject({
    type: z.enum(['Pods', 'Percent']).meta({ description: 'what `value` counts' }),
    value: z.int().min(1).max(1_000_000).meta({ description: 'most pods, or percent, in a period' }),
    periodSeconds: z.int().min(1).max(1800).meta({ description: 'length of the period in seconds' }),
  })
  .meta({ description: 'a limit of the rate' });

type Policy = z.infer<typeof policySchema>;

/**
 * Defaults of `behavior` (pkg/apis/autoscaling/v2/defaults.go of kubernetes/kubernetes, 2025; comments there
 * tell older periods); the window down is --horizontal-pod-autoscaler-downscale-stabilization.
 */
const UP: { readonly window: number; readonly policies: Policy[] } = {
  window: 0,
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DOWN: typeof UP = { window: 300, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

const rulesSchema = ({ window, policies }: typeof UP) =>
  z.strictObject({
    stabilizationWindowSeconds: z
      .int()
      .min(0)
      .max(3600)
      .default(window)
      .meta({ description: 'seconds over which the most careful recommendation holds; up 0, down 300' }),
    selectPolicy: z
      .enum(['Max', 'Min', 'Disabled'])
      .default('Max')
      .meta({ description: 'which policy counts: that of the greatest change, of the smallest, or none' }),
    policies: z
      .array(policySchema)
      .min(1)
      .max(10)
      .default(policies)
      .meta({ description: 'limits of the rate; default up 4 pods or 100 % in 15 s, down 100 % in 15 s' }),
    tolerance: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .meta({ description: 'how far a ratio may be from 1 without a change' }),
  });

export const behaviorSchema = z
  .strictObject({
    scaleUp: rulesSchema(UP).prefault({}).meta({ description: 'how fast pods are added' }),
    scaleDown: rulesSchema(DOWN).prefault({}).meta({ description: 'how fast pods are removed' }),
  })
  .prefault({})
  .meta({ description: 'windows and rates of scaling' });

/** `spec` of a HorizontalPodAutoscaler. */
export const hpaSchema = z
  .strictObject({
    minReplicas: z.int().min(1).max(100_000).default(1).meta({ description: 'fewest pods' }),
    maxReplicas: z.int().min(1).max(100_000).meta({ description: 'most pods' }),
    metrics: z
      .array(metricSchema)
      .min(1)
      .max(10)
      .default([
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ])
      .meta({ description: 'what is watched; the most demanding one counts' }),
    behavior: behaviorSchema,
  })
  .meta({ description: 'HorizontalPodAutoscaler (autoscaling/v2); without it the number of pods is fixed' });

export type HpaOptions = z.infer<typeof hpaSchema>;
export type HpaMetricOptions = z.infer<typeof metricSchema>;
export type HpaRulesOptions = z.infer<ReturnType<typeof rulesSchema>>;
