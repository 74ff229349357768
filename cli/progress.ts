/** A run shorter than this shows no bar. */
const QUIET_MS = 1_000;
const REDRAW_MS = 200;
const BAR_CELLS = 20;

/** How far a run has come. */
export interface RunState {
  /** Share of all simulated time that is done, from 0 to 1. */
  readonly share: number;
  /** Requests simulated so far. */
  readonly requests: number;
}

/** One line on standard error that shows how far a run is; silent unless that is a terminal. */
export class ProgressBar {
  private readonly stream: NodeJS.WriteStream;
  private readonly isShown: boolean;
  private readonly startedAt = performance.now();
  private drawnAt = 0;

  constructor(stream: NodeJS.WriteStream, enabled: boolean) {
    this.stream = stream;
    this.isShown = enabled && stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  update(state: RunState): void {
    const now = performance.now();
    if (!this.isShown || now - this.startedAt < QUIET_MS || now - this.drawnAt < REDRAW_MS) return;
    this.drawnAt = now;
    this.stream.write(`\r\u001b[K${progressLine(state, (now - this.startedAt) / 1_000)}`);
  }

  clear(): void {
    if (this.drawnAt > 0) this.stream.write('\r\u001b[K');
  }
}

/** `[=====>    ]  42 % of simulated time · 3.1 M requests/s · 12 s left` */
export function progressLine({ share, requests }: RunState, elapsedSeconds: number): string {
  const filled = Math.floor(share * BAR_CELLS);
  const bar = `${'='.repeat(filled)}${filled < BAR_CELLS ? '>' : ''}`.padEnd(BAR_CELLS).slice(0, BAR_CELLS);
  const speed = requests / elapsedSeconds;
  const rate = speed >= 1e6 ? `${(speed / 1e6).toFixed(1)} M` : `${Math.round(speed / 1e3)} k`;
  const left = share > 0 ? Math.ceil((elapsedSeconds * (1 - share)) / share) : 0;
  const leftText = left >= 120 ? `${Math.round(left / 60)} min` : `${left} s`;
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${bar}] ${percent} % of simulated time · ${rate} requests/s · ${leftText} left`;
}
