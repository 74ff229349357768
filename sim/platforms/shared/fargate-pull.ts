/**
 * Bytes of an image that Fargate pulls and unpacks in a second, by the vCPUs of the task: 413 MB in 41 s
 * (elasticscale.com, 2024-04, n = 10: 53–62 s from creation to start, 76 % of a start being the pull, AWS's
 * SOCI announcement, 2023-07), and 2.4 GB with 4 vCPUs in about 75 s (containers-roadmap issue 696, 2022-11).
 * Straight between; uncertain.
 */
const SMALL = { vcpus: 1, bytesPerSecond: 10e6 };
const LARGE = { vcpus: 4, bytesPerSecond: 32e6 };

/** Bytes of an image that a task of so many vCPUs has pulled and unpacked in a second. */
export function fargateThroughput(vcpus: number): number {
  const share =
    (Math.min(Math.max(vcpus, SMALL.vcpus), LARGE.vcpus) - SMALL.vcpus) / (LARGE.vcpus - SMALL.vcpus);
  return SMALL.bytesPerSecond + share * (LARGE.bytesPerSecond - SMALL.bytesPerSecond);
}
