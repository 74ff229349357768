import { z } from 'zod';
import { quantitySchema } from '../../units/kubernetes-quantity.ts';

const cpu = (what: string) => quantitySchema(`${what}, in cores: 500m or "1"`, ['500m', '1']);
const memory = (what: string) => quantitySchema(`${what}: 512Mi, 1Gi`, ['512Mi', '1Gi']);

/** `resources` of the pod's container. */
export const resourcesSchema = z
  .strictObject({
    requests: z
      .strictObject({
        cpu: cpu('CPU that the scheduler reserves').optional(),
        memory: memory('memory that the scheduler reserves').optional(),
      })
      .optional()
      .meta({ description: 'what is reserved on the node; what is not named is its limit, or nothing' }),
    limits: z
      .strictObject({
        cpu: cpu('CPU beyond which the pod is throttled').optional(),
        memory: memory('memory beyond which the pod is killed').optional(),
      })
      .optional()
      .meta({ description: 'what the pod cannot go beyond; default none' }),
  })
  .meta({ description: 'requests and limits of the pod, in Kubernetes quantities' });

export const readinessProbeSchema = z
  .strictObject({
    initialDelaySeconds: z
      .int()
      .min(0)
      .max(3600)
      .default(0)
      .meta({ description: 'seconds from the start of the container to the first probe' }),
    periodSeconds: z.int().min(1).max(3600).default(10).meta({ description: 'seconds between two probes' }),
  })
  .meta({ description: 'readiness probe; without one a pod is ready as soon as its program has started' });

export const kubeControllerManagerSchema = z
  .strictObject({
    kubeApiQps: z
      .number()
      .min(0.1)
      .max(100_000)
      .default(20)
      .meta({ description: 'requests to the API server, thus new pods, each second in the long run' }),
    kubeApiBurst: z
      .int()
      .min(1)
      .max(100_000)
      .default(30)
      .meta({ description: 'requests to the API server at once' }),
  })
  .meta({
    description: 'how fast the ReplicaSet makes pods (--kube-api-qps, --kube-api-burst); default at once',
  });
