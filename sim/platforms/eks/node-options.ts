import { z } from 'zod';
import { distributionSchema } from '../../distributions/index.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import { durationMicros, durationSchema } from '../../units/duration.ts';
import { quantitySchema } from '../../units/kubernetes-quantity.ts';
import { rateSchema } from '../../units/rate.ts';
import { interruptionsSchema } from '../shared/purchase-options.ts';
import { volumesSchema } from '../shared/volume-options.ts';
import { zoneListSchema } from '../shared/zone-options.ts';

const size = z.int().min(0).max(10_000);
const instanceType = z.string().min(3).max(40).meta({ description: 'as m7g.large' });
const instanceTypes = z
  .array(instanceType)
  .min(1)
  .max(100)
  .meta({ description: 'types to choose from; the cheapest that fits is taken' });

/** An autoscaler that never rests would never let the clock go on. */
const isBelowASecond = (text: string) =>
  durationSchema.safeParse(text).success && durationMicros(text) < MICROS_PER_SECOND;

const ebsSchema = (gigabytes: number) =>
  volumesSchema
    .default({ type: 'gp3', size: gigabytes, iops: 3_000, throughput: 125 })
    .meta({ description: 'volumes of each node' });

/** What every node of an instance has, whoever orders it. */
const nodeKeys = (volumeGb: number) => ({
  availabilityZones: zoneListSchema
    .optional()
    .meta({ description: "zones over which the nodes are spread; default the cluster's" }),
  pending: distributionSchema
    .default('13s')
    .meta({ description: 'from the order of a node to its running state: not billed' }),
  boot: distributionSchema
    .default('12s')
    .meta({ description: 'from running to the node being Ready: billed' }),
  maxPods: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: 'most pods of a node; default what its network interfaces have addresses for' }),
  daemonSets: z
    .strictObject({
      cpu: quantitySchema('CPU that they request together', ['150m']).default(0),
      memory: quantitySchema('memory that they request together', ['100Mi']).default(0),
      pods: z.int().min(0).max(100).default(0).meta({ description: 'how many there are' }),
    })
    .prefault({})
    .meta({ description: 'what DaemonSets take of each node' }),
  ebs: ebsSchema(volumeGb),
  publicIpv4: z.boolean().default(true).meta({ description: 'each node has a public IPv4 address' }),
});

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';

const groupSizes = {
  minSize: size.default(1).meta({ description: 'fewest nodes' }),
  maxSize: size.min(1).optional().meta({ description: 'most nodes; default what the most pods need' }),
  desiredSize: size.optional().meta({ description: 'nodes at t = 0; default what holds the pods' }),
};

/** How a managed node group buys its nodes, in the words of the EKS API. */
const groupPurchase = {
  capacityType: z
    .enum(['ON_DEMAND', 'SPOT'])
    .default('ON_DEMAND')
    .meta({ description: 'how the nodes are bought' }),
  interruptionsPerMonth: interruptionsSchema,
};

/** How the nodes of a NodePool are bought, in Karpenter's words. */
const poolPurchase = {
  requirements: z
    .array(
      z.strictObject({
        key: z.literal(CAPACITY_TYPE).meta({ description: 'the label that a node is to have' }),
        operator: z.literal('In').meta({ description: 'it has one of the values' }),
        values: z
          .array(z.enum(['on-demand', 'spot']))
          .min(1)
          .max(2)
          .meta({ description: 'spot comes before on-demand' }),
      }),
    )
    .max(1)
    .default([{ key: CAPACITY_TYPE, operator: 'In', values: ['on-demand'] }])
    .meta({ description: 'requirements of the NodePool: how its nodes are bought' }),
  interruptionsPerMonth: interruptionsSchema,
};

const neverOr = (description: string) => z.union([z.literal('Never'), durationSchema]).meta({ description });

const budgetSchema = z
  .strictObject({
    nodes: z
      .string()
      .regex(/^(?:\d{1,6}|(?:100|\d{1,2})%)$/)
      .meta({ description: 'nodes that may be disturbed at once: 10% or 3' }),
  })
  .meta({ description: 'a disruption budget' });

/** What a NodePool of Karpenter says, here and in Auto Mode. */
const nodePoolKeys = (expireAfter: string) => ({
  instanceTypes,
  ...poolPurchase,
  consolidationPolicy: z
    .enum(['WhenEmptyOrUnderutilized', 'WhenEmpty', 'Balanced'])
    .default('WhenEmptyOrUnderutilized')
    .meta({ description: 'which nodes are consolidated' }),
  consolidateAfter: neverOr('how long a node must have been left alone').default('0s'),
  budgets: z
    .array(budgetSchema)
    .min(1)
    .max(10)
    .default([{ nodes: '10%' }])
    .meta({ description: 'limits of disruption; all of them hold' }),
  expireAfter: neverOr('age at which a node is drained').default(expireAfter),
  batchIdleDuration: durationSchema
    .default('1s')
    .meta({ description: 'a batch of pods ends when none has come for so long' }),
  batchMaxDuration: durationSchema.default('10s').meta({ description: 'and after so long at the latest' }),
});

export const nodesSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z
        .literal('managedNodeGroup')
        .meta({ description: 'managed node groups, each of one instance type' }),
      ...groupSizes,
      instanceType: instanceType.optional(),
      groups: z
        .array(
          z.strictObject({
            instanceType,
            ...groupSizes,
            priority: z
              .int()
              .min(0)
              .max(1_000_000)
              .default(0)
              .meta({ description: 'for the priority expander: the highest wins' }),
          }),
        )
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'several node groups; then instanceType and sizes are theirs' }),
      expander: z
        .enum(['least-waste', 'most-pods', 'random', 'priority'])
        .default('least-waste')
        .meta({ description: 'which group grows when several could (Cluster Autoscaler)' }),
      ...groupPurchase,
      autoscaler: z
        .enum(['cluster-autoscaler', 'none'])
        .default('cluster-autoscaler')
        .meta({ description: 'what changes the number of nodes' }),
      scanInterval: durationSchema
        .refine((text) => !isBelowASecond(text), { error: 'must be at least 1s\nwrite it as `10s`' })
        .default('10s')
        .meta({ description: 'how often the Cluster Autoscaler looks' }),
      scaleDownUnneededTime: durationSchema
        .default('10m')
        .meta({ description: 'how long a node must be unneeded before it is removed' }),
      scaleDownUtilizationThreshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .meta({ description: 'a node is unneeded when less than this share of it is requested' }),
      scaleDownDelayAfterAdd: durationSchema
        .default('10m')
        .meta({ description: 'no node is removed for so long after one was added' }),
      ...nodeKeys(20),
    }),
    z.strictObject({
      type: z.literal('karpenter').meta({ description: 'nodes that Karpenter makes and consolidates' }),
      ...nodePoolKeys('720h'),
      ...nodeKeys(20),
    }),
    z.strictObject({
      type: z.literal('autoMode').meta({ description: 'EKS Auto Mode: nodes that AWS manages, for a fee' }),
      ...nodePoolKeys('336h'),
      ...nodeKeys(80),
    }),
    z.strictObject({
      type: z.literal('fargate').meta({ description: 'every pod on Fargate, in a machine of its own' }),
      provisioning: distributionSchema
        .default({ distribution: 'uniform', min: '40s', max: '50s' })
        .meta({ description: 'from the creation of a pod to the image pull: not billed' }),
      launchRate: z
        .strictObject({
          burstLimit: z
            .int()
            .min(1)
            .max(100_000)
            .default(20)
            .meta({ description: 'pods that the account may launch at once' }),
          rateLimit: rateSchema
            .default('20/s')
            .meta({ description: 'pods that the account may launch in the long run' }),
        })
        .prefault({})
        .meta({ description: 'how fast Fargate launches pods: a token bucket' }),
    }),
  ])
  .meta({ description: 'what the pods run on' });

type AnyNodesOptions = z.infer<typeof nodesSchema>;
export type FargateOptions = Extract<AnyNodesOptions, { type: 'fargate' }>;
/** Nodes that are instances. */
export type NodesOptions = Exclude<AnyNodesOptions, FargateOptions>;
export type NodeGroupOptions = Extract<NodesOptions, { type: 'managedNodeGroup' }>;
export type NodePoolOptions = Extract<NodesOptions, { type: 'karpenter' | 'autoMode' }>;
