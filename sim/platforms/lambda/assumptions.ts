import { isSameSpec } from '../../distributions/index.ts';
import { durationMicros } from '../../units/duration.ts';
import { apiGatewayAssumptions } from '../shared/api-gateway.ts';
import {
  apiGatewayOf,
  type FrontDoorOptions,
  frontDoorLatency,
  frontDoorType,
} from '../shared/common-options.ts';
import { hasDefaultInit } from './code-size.ts';
import { DEFAULT_SETUP } from './cold-start.ts';
import type { ResolvedFunction } from './functions.ts';
import type { LambdaOptions } from './options.ts';
import { DEFAULT_RESTORE } from './snap-start.ts';

/** Parts of Lambda that this model leaves out. */
export const notModelled: readonly string[] = [
  'storage of CloudWatch Logs',
  'Managed Instances, durable functions, Lambda@Edge',
];

export function assumptionsOf(options: LambdaOptions, functions: readonly ResolvedFunction[]): string[] {
  const sentences = [
    'The most recently used idle environment gets the next request ' +
      '(99.6 % of 23,410 choices observed in 2020).',
    'Billed milliseconds are one ceil of duration and init together (AWS, since 2025-08-01).',
    'Every invocation that was accepted is billed in full, also where the window cuts it off.',
  ];
  if (functions.some((each) => each.provisioned > 0)) {
    sentences.push(
      'Provisioned environments are never recycled; initialising them is billed at the on-demand rate' +
        ' (AWS does not state the rate).',
    );
  }
  if (functions.some(({ provisioning }) => isTracked(provisioning))) {
    sentences.push(
      'Target tracking of provisioned concurrency removes at most a tenth at a time, after 15 minutes ' +
        'below 90 % of its target unless said otherwise (AWS: "in smaller periodic steps"), ' +
        'and nothing while idle.',
    );
  }
  const measured = [...new Set(functions.filter(hasDefaultInit).map((each) => each.runtime))];
  if (measured.length > 0) {
    sentences.push(
      `Init times of ${measured.join(', ')} are those of hello-world functions, ` +
        'measured 2026-07-23 to 2026-08-22 (maxday/lambda-perf): ' +
        'your own code and its libraries take longer.',
    );
  }
  if (functions.some((each) => each.coldStart.setup === DEFAULT_SETUP)) {
    sentences.push(
      `Set-up before init takes ${DEFAULT_SETUP} (uncertain: 91–188 ms in 2019, up to 330 ms in 2026).`,
    );
  }
  if (functions.some((each) => each.snapStart && isSameSpec(each.coldStart.restore, DEFAULT_RESTORE))) {
    sentences.push(
      'Restoring a snapshot takes what was published for a Java function of 512 MB in 2025 ' +
        '(570 ms at the median, 109 ms of it billed); Python and .NET were not measured.',
    );
  }
  if (options.keepAlive.maxAge === '2h') {
    sentences.push(
      'Environments are recycled after 2 h (7,118–7,383 s measured in 2020; AWS: "every few hours").',
    );
  }
  return [...sentences, ...frontDoorAssumptions(options.frontDoor)];
}

function isTracked(provisioning: ResolvedFunction['provisioning']): boolean {
  return typeof provisioning === 'object' && 'targetTracking' in provisioning;
}

function frontDoorAssumptions(frontDoor: FrontDoorOptions): string[] {
  const sentences: string[] = [];
  if (frontDoorType(frontDoor) === 'none') {
    sentences.push('The way to the function and back takes no time.');
  } else if (durationMicros(frontDoorLatency(frontDoor)) === 0) {
    sentences.push(
      'The front door adds no latency unless `latency` says so: no figure with a source was at hand.',
    );
  }
  const api = apiGatewayOf(frontDoor);
  return api === null ? sentences : [...sentences, ...apiGatewayAssumptions(api)];
}
