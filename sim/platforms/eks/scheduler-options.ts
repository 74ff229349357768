import { z } from 'zod';

const resourceSchema = z
  .strictObject({
    name: z.enum(['cpu', 'memory']).meta({ description: 'cpu or memory' }),
    weight: z.int().min(1).max(100).default(1).meta({ description: 'how much it counts' }),
  })
  .meta({ description: 'a resource that counts in the score' });

const shapeSchema = z
  .array(
    z
      .strictObject({
        utilization: z.int().min(0).max(100).meta({ description: 'percent that is requested' }),
        score: z.int().min(0).max(10).meta({ description: 'how good that is, 0 to 10' }),
      })
      .meta({ description: 'a corner of the shape' }),
  )
  .min(1)
  .max(100);

/** `NodeResourcesFitArgs` of a KubeSchedulerConfiguration. */
export const schedulerSchema = z
  .strictObject({
    scoringStrategy: z
      .strictObject({
        type: z
          .enum(['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'])
          .default('LeastAllocated')
          .meta({ description: 'which nodes are best: the emptiest, the fullest, or as a shape says' }),
        resources: z
          .array(resourceSchema)
          .min(1)
          .max(2)
          .default([
            { name: 'cpu', weight: 1 },
            { name: 'memory', weight: 1 },
          ])
          .meta({ description: 'what counts, and how much' }),
        requestedToCapacityRatio: z
          .strictObject({
            shape: shapeSchema.meta({
              description: 'scores by utilisation, which rises from point to point',
            }),
          })
          .optional()
          .meta({ description: 'the shape; of RequestedToCapacityRatio only' }),
      })
      .prefault({})
      .meta({ description: 'how NodeResourcesFit scores a node' }),
  })
  .meta({ description: 'a scheduler of your own; the one that EKS runs cannot be told' });

export type SchedulerOptions = z.infer<typeof schedulerSchema>;

/** `topologySpreadConstraints` of the pods' template; all pods of the Deployment match. */
export const topologySpreadConstraintsSchema = z
  .array(
    z
      .strictObject({
        topologyKey: z
          .enum(['kubernetes.io/hostname', 'topology.kubernetes.io/zone'])
          .meta({ description: 'over what the pods are spread: nodes, or zones' }),
        maxSkew: z
          .int()
          .min(1)
          .max(100_000)
          .meta({ description: 'how many pods more than the emptiest one may have' }),
        whenUnsatisfiable: z
          .enum(['DoNotSchedule', 'ScheduleAnyway'])
          .meta({ description: 'whether that is a rule or a wish' }),
      })
      .meta({ description: 'a constraint' }),
  )
  .min(1)
  .max(4)
  .meta({
    description: "how pods are spread; default kube-scheduler's: a wish for 3 over nodes, for 5 over zones",
  });
