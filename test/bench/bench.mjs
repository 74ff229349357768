// Speed and memory of whole `breakeven run` processes on one core, as ratios to a bare loop of the same run.
//   npm run bench                the usual sizes
//   npm run bench -- --large     100 million requests as well
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareLoop } from './bare-loop.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCENARIOS = fileURLToPath(new URL('./scenarios/', import.meta.url));
const BARE_REQUESTS = 4_000_000;
const REPEATS = 3;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const millions = (value) => `${(value / 1e6).toFixed(2)} M/s`;

/** Runs the command; a preloaded module tells its largest resident memory when it ends. */
function run(args) {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-bench-'));
  const tell = `process.stderr.write('rss '+process.resourceUsage().maxRSS)`;
  const meter = `data:text/javascript,process.on('exit',()=>${tell})`;
  const startedAt = performance.now();
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', meter, join(ROOT, 'dist/cli.js'), ...args.map((arg) => (arg === 'OUT' ? folder : arg))],
    { encoding: 'utf8', cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`breakeven ${args.join(' ')} exited with ${status}: ${stderr}`);
  return { seconds, megabytes: Number(/rss (\d+)/.exec(stderr)[1]) / 1024 };
}

function benchScenario(name, requests, edits = [], title = name) {
  const ratios = [];
  const speeds = [];
  let megabytes = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const bare = bareLoop(BARE_REQUESTS, 200);
    const args = ['run', join(SCENARIOS, `${name}.yaml`), '--quiet', '--jobs', '1', '--out', 'OUT'];
    const measured = run([...args, ...edits.flatMap((edit) => ['--set', edit])]);
    speeds.push(requests / measured.seconds);
    ratios.push(requests / measured.seconds / bare);
    megabytes = Math.max(megabytes, measured.megabytes);
  }
  const speed = millions(median(speeds)).padStart(9);
  const memory = megabytes.toFixed(0).padStart(4);
  const label = `${title}, ${requests / 1e6} M requests`.padEnd(44);
  console.log(`${label}${speed}  ${median(ratios).toFixed(2)} of bare  ${memory} MB`);
}

function benchStart(label, args) {
  const times = Array.from({ length: 5 }, () => run(args).seconds * 1_000);
  console.log(`${label.padEnd(44)}${median(times).toFixed(0).padStart(6)} ms`);
}

const bares = Array.from({ length: REPEATS }, () => bareLoop(BARE_REQUESTS, 200));
console.log(`${'bare loop, 200 busy'.padEnd(44)}${millions(median(bares)).padStart(9)}`);
benchScenario('lambda-200-busy', 10e6);
benchScenario('ec2-200-in-service', 10e6);
benchScenario('lambda-200-busy', 40e6, ['traffic.load.duration=20000s']);
benchScenario('ec2-200-in-service', 40e6, ['traffic.load.duration=5000s']);
if (process.argv.includes('--large')) {
  benchScenario('lambda-200-busy', 100e6, ['traffic.load.duration=50000s']);
  benchScenario('ec2-200-in-service', 100e6, ['traffic.load.duration=12500s']);
}
// The same load on each of 1 to 10,000 instances: the cost of a request must not outgrow a logarithm.
for (const instances of [1, 10, 100, 1_000, 10_000]) {
  const sizes = ['minSize', 'maxSize'].map((key) => `platforms.group.${key}=${instances}`);
  const edits = [
    ...sizes,
    `traffic.load.rate=${instances * 100}/s`,
    `traffic.load.duration=${40_000 / instances}s`,
  ];
  benchScenario('ec2-group', 4e6, edits, `ec2-group of ${instances}`);
}
// 200 workers on machines of their own, and on 50 hosts of 2 vCPUs that are busy now and then.
const sized = ['platforms.group.minSize=200', 'platforms.group.maxSize=200'];
const load = ['traffic.load.rate=20000/s', 'traffic.load.duration=210s'];
benchScenario('ec2-group', 4.2e6, [...sized, ...load], 'ec2-group of 200');
benchScenario('eks-200-pods', 4.2e6);
benchScenario('ecs-200-tasks', 4.2e6);
const scaled = ['traffic.load.rate=10000/s', 'traffic.load.duration=1000s', 'platforms.group.minSize=50'];
benchScenario('ec2-group', 10e6, [...scaled, 'platforms.group.maxSize=100'], 'ec2-group, scaled to 100');
benchStart('breakeven --help', ['--help']);
benchStart('breakeven validate', ['validate', join(ROOT, 'scenarios/image-resize.yaml')]);
