/** A message of the plain simulator; times in whole milliseconds. */
interface Message {
  readonly sentAt: number;
  readonly work: number;
  readonly fails: boolean;
  received: number;
  /** When it can be received again; null while it can be. */
  hiddenUntil: number | null;
  isGone: boolean;
  isHeld: boolean;
  why: 'error' | 'timedOut';
}

interface Handling {
  readonly message: Message;
  readonly endsAt: number;
  readonly receipt: number;
}

export interface BruteForceCase {
  readonly sends: readonly { readonly at: number; readonly work: number; readonly fails: boolean }[];
  /** Places at all workers together. */
  readonly places: number;
  readonly visibilityTimeout: number;
  readonly maxReceiveCount: number;
  readonly retention: number;
  readonly window: number;
}

/**
 * A queue and its readers in the plainest way: lists that are searched from the beginning at every moment at
 * which anything could happen. Completions come before arrivals, these before what comes back or expires.
 */
export function bruteForce(given: BruteForceCase) {
  const { sends, places, visibilityTimeout, maxReceiveCount, retention, window } = given;
  const messages: Message[] = [];
  const line: Message[] = [];
  const received: Message[] = [];
  let handlings: Handling[] = [];
  const told = {
    completed: 0,
    attempts: sends.length,
    latencies: [] as number[],
    failures: {} as Record<string, number>,
  };
  let sent = 0;

  const fail = (message: Message, kind: string) => {
    told.failures[kind] = (told.failures[kind] ?? 0) + 1;
    message.isGone = true;
  };
  const handOut = (now: number) => {
    while (handlings.length < places && line.length > 0) {
      const message = line.shift()!;
      if (now - message.sentAt >= retention) fail(message, 'agedOut');
      else if (message.received >= maxReceiveCount) fail(message, message.why);
      else {
        message.received++;
        if (message.received > 1) told.attempts++;
        message.hiddenUntil = now + visibilityTimeout;
        message.isHeld = true;
        received.push(message);
        handlings.push({ message, endsAt: now + message.work, receipt: message.received });
      }
    }
  };
  const end = (handling: Handling, now: number) => {
    const { message } = handling;
    handlings = handlings.filter((each) => each !== handling);
    if (message.isGone || message.received !== handling.receipt) return;
    if (message.fails) {
      message.isHeld = false;
      message.why = 'error';
      return;
    }
    if (message.hiddenUntil === null) line.splice(line.indexOf(message), 1);
    message.isGone = true;
    told.completed++;
    told.latencies.push(now - message.sentAt);
  };
  const expire = (now: number) => {
    for (const message of [...received]) {
      if (message.isGone || message.hiddenUntil !== now) continue;
      if (message.isHeld) message.why = 'timedOut';
      message.isHeld = false;
      message.hiddenUntil = null;
      received.splice(received.indexOf(message), 1);
      line.push(message);
    }
    for (const message of line.filter(({ sentAt }) => sentAt + retention <= now)) {
      line.splice(line.indexOf(message), 1);
      fail(message, 'agedOut');
    }
  };

  for (;;) {
    const ends = Math.min(...handlings.map(({ endsAt }) => endsAt));
    const arrival = sends[sent]?.at ?? Number.POSITIVE_INFINITY;
    const back = received.filter(({ isGone }) => !isGone).map(({ hiddenUntil }) => hiddenUntil!);
    const old = line.map(({ sentAt }) => sentAt + retention);
    const expiry = Math.min(...back, ...old);
    if (ends <= arrival && ends <= expiry) {
      if (ends > window) break;
      end(handlings.find(({ endsAt }) => endsAt === ends)!, ends);
      handOut(ends);
    } else if (arrival <= expiry) {
      if (arrival >= window) break;
      const { at, work, fails } = sends[sent++]!;
      const message: Message = {
        sentAt: at,
        work,
        fails,
        received: 0,
        hiddenUntil: null,
        isGone: false,
        isHeld: false,
        why: 'error',
      };
      messages.push(message);
      line.push(message);
      handOut(at);
    } else {
      if (expiry >= window) break;
      expire(expiry);
      handOut(expiry);
    }
  }
  return { ...told, inFlight: messages.filter(({ isGone }) => !isGone).length };
}
