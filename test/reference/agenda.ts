/** The phases of one instant, in the order in which the contract has them happen. */
export const COMPLETION = 0;
export const TICK = 1;
export const ARRIVAL = 2;
export const EXPIRY = 3;

/** Something that is going to happen. Of one instant and phase, the smaller rank comes first. */
export interface Entry {
  readonly at: number;
  readonly phase: number;
  readonly rank: readonly number[];
  run(): void;
}

function before(a: Entry, b: Entry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.phase !== b.phase) return a.phase - b.phase;
  for (let place = 0; place < a.rank.length; place++) {
    if (a.rank[place] !== b.rank[place]) return a.rank[place]! - b.rank[place]!;
  }
  return 0;
}

/**
 * All that is going to happen, in one list that is sorted anew at every step. The window is
 * [0, windowMicros): nothing arrives and no controller acts at its end, but what ends just then has ended.
 */
export class Agenda {
  private readonly entries: Entry[] = [];
  private readonly windowMicros: number;

  constructor(windowMicros: number) {
    this.windowMicros = windowMicros;
  }

  add(entry: Entry): Entry {
    const atLast = entry.phase === COMPLETION || entry.phase === EXPIRY;
    if (entry.at < this.windowMicros || (atLast && entry.at === this.windowMicros)) this.entries.push(entry);
    return entry;
  }

  cancel(entry: Entry | null): void {
    const place = entry === null ? -1 : this.entries.indexOf(entry);
    if (place >= 0) this.entries.splice(place, 1);
  }

  /** Takes the next entry off the list; undefined when the window is over. */
  take(): Entry | undefined {
    this.entries.sort(before);
    return this.entries.shift();
  }
}
