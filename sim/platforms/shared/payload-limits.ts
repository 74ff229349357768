import { type Path, type Problem, problem } from '../../problems/problem.ts';
import type { WorkloadPlan } from '../../workload/workload.ts';
import { type FrontDoorOptions, frontDoorType } from './common-options.ts';

const BYTES_PER_MB = 1024 ** 2;

/** The largest body that a service takes, in AWS's words. */
interface PayloadLimit {
  readonly megabytes: number;
  readonly service: string;
  readonly words: string;
}

/** API Gateway quotas (HTTP and REST APIs), 2026. */
const API_GATEWAY: PayloadLimit = {
  megabytes: 10,
  service: 'API Gateway',
  words: 'AWS: "Payload size: 10 MB", and it cannot be increased',
};
/** Elastic Load Balancing, Lambda functions as targets, 2026. */
const LOAD_BALANCER: PayloadLimit = {
  megabytes: 1,
  service: 'a load balancer with a Lambda target',
  words: 'AWS: the request body and the response JSON have at most 1 MB each',
};
/** Lambda API, Invoke, 2026; Lambda quotas say the same of requests and of responses. */
const SYNCHRONOUS_INVOCATION: PayloadLimit = {
  megabytes: 6,
  service: 'a synchronous invocation of Lambda',
  words: 'AWS: "For synchronous invocations, the maximum payload size is 6 MB"',
};

/** The tightest of what is exceeded comes last: it is the one to get below. */
function limitsOf(frontDoor: FrontDoorOptions): readonly PayloadLimit[] {
  switch (frontDoorType(frontDoor)) {
    case 'none':
    case 's3Event':
      return [];
    case 'alb':
      return [SYNCHRONOUS_INVOCATION, LOAD_BALANCER];
    case 'functionUrl':
      return [SYNCHRONOUS_INVOCATION];
    default:
      return [API_GATEWAY, SYNCHRONOUS_INVOCATION];
  }
}

/**
 * Payloads that cannot go through the front door of a function: one for each workload and direction.
 * Without a front door nothing is refused: its payload may be what goes to and from S3.
 * @param isStreamed responses have a limit of their own
 */
export function payloadProblems(
  frontDoor: FrontDoorOptions,
  workloads: readonly WorkloadPlan[],
  path: Path,
  isStreamed = false,
): Problem[] {
  return workloads.flatMap((workload) => [
    ...tooLarge(`requests of workload \`${workload.name}\``, workload.payloadInBytes, frontDoor, path),
    ...(isStreamed
      ? []
      : tooLarge(`responses of workload \`${workload.name}\``, workload.payloadOutBytes, frontDoor, path)),
  ]);
}

function tooLarge(what: string, bytes: number, frontDoor: FrontDoorOptions, path: Path): Problem[] {
  const exceeded = limitsOf(frontDoor).filter(({ megabytes }) => bytes > megabytes * BYTES_PER_MB);
  const tightest = exceeded.at(-1);
  if (tightest === undefined) return [];
  const { service, megabytes } = tightest;
  const message =
    `${what} have ${bytes} bytes, and ${service} takes ` +
    `${megabytes} MB (${megabytes * BYTES_PER_MB} bytes)`;
  const help =
    `${exceeded.map(({ words }) => words).join('. ')}. Large bodies go to and from S3, ` +
    'by a presigned URL: leave them out of `payload`, or use `frontDoor: none`';
  return [problem('payload-too-large', path, message, { label: `at most ${megabytes} MB`, help })];
}
