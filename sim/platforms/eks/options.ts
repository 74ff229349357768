import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { sizeSchema } from '../../units/size.ts';
import {
  extraCostsSchema,
  limit,
  serverFrontDoorSchema,
  speedSchema,
  startSchema,
} from '../shared/common-options.ts';
import { serverNetworkShape } from '../shared/network-options.ts';
import { availabilityZonesSchema } from '../shared/zone-options.ts';
import { hpaSchema } from './hpa-options.ts';
import { kedaSchema } from './keda-options.ts';
import { nodesSchema } from './node-options.ts';
import { kubeControllerManagerSchema, readinessProbeSchema, resourcesSchema } from './pod-options.ts';
import { schedulerSchema, topologySpreadConstraintsSchema } from './scheduler-options.ts';

export const eksSchema = z.strictObject({
  type: z.literal('eks').meta({ description: 'an EKS cluster: pods of one Deployment on its nodes' }),
  resources: resourcesSchema.default({}),
  replicas: z
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .meta({ description: 'pods at t = 0; default hpa.minReplicas, keda.minReplicaCount, or 1' }),
  hpa: hpaSchema.optional(),
  keda: kedaSchema.optional(),
  nodes: nodesSchema,
  availabilityZones: availabilityZonesSchema.meta({
    description: 'Availability Zones over which the nodes, or the pods on Fargate, are spread',
  }),
  support: z
    .enum(['standard', 'extended'])
    .default('standard')
    .meta({ description: 'support of the Kubernetes version: decides the price of the cluster' }),
  imageSize: sizeSchema
    .default('413MB')
    .meta({ description: 'compressed size of the image, as the registry has it' }),
  pull: distributionSchema
    .optional()
    .meta({ description: 'image pull on a node that has not got it; default imageSize at 17 MB/s' }),
  podStartup: distributionSchema.default('2s').meta({
    description:
      'from the binding of a pod to the start of its container, without the pull; on Fargate a part of ' +
      '`provisioning`',
  }),
  applicationStart: distributionSchema.default('10s').meta({ description: 'start of the program' }),
  readinessProbe: readinessProbeSchema.optional(),
  kubeControllerManager: kubeControllerManagerSchema.optional(),
  scheduler: schedulerSchema.optional(),
  topologySpreadConstraints: topologySpreadConstraintsSchema.optional(),
  terminationGracePeriodSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(30)
    .meta({ description: 'seconds that a pod may finish what it began when it is deleted' }),
  concurrency: limit(z.int().min(1).max(1_000_000), 'requests in service per pod; more wait').default('none'),
  backlog: limit(z.int().min(0).max(100_000_000), 'waiting requests per pod; beyond it 503').default('none'),
  speed: speedSchema.default(1),
  start: startSchema.default('warm'),
  frontDoor: serverFrontDoorSchema.prefault('none'),
  ...serverNetworkShape,
  extraCosts: extraCostsSchema.default([]),
});

export type EksOptions = z.infer<typeof eksSchema>;
