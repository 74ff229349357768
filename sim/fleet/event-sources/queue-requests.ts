import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';

/** A request for each 64 KB begun (Amazon SQS pricing page, 2026). */
const BYTES_PER_REQUEST = 64 * 1024;
/** Messages of one call at most (SQS API, ReceiveMessage and DeleteMessageBatch, 2026). */
export const MESSAGES_PER_CALL = 10;

/** How many requests a call is charged as that carries so many bytes. */
export function requestsOfBytes(bytes: number): number {
  return bytes <= BYTES_PER_REQUEST ? 1 : Math.ceil(bytes / BYTES_PER_REQUEST);
}

/** Longest a poll waits for a message (SQS API, ReceiveMessage, 2026). */
export const LONG_POLL_MICROS = 20 * MICROS_PER_SECOND;

/**
 * What a queue is charged for: calls that send, receive and delete, and those that wait for twenty seconds
 * and receive nothing. Senders send one message a call; receivers and deleters take up to ten at once.
 */
export class QueueRequests {
  private sends = 0;
  private receives = 0;
  private deletes = 0;
  private emptyReceives = 0;
  /** Pollers that wait for a first message, the time they have waited, and since when that is reckoned. */
  private idlePollers = 0;
  private idleMicros = 0;
  private idleSince = 0;
  /** The messages that were received last: when, into which batch, and how many at once. */
  private receivedAt = -1;
  private receivedInto = -1;
  private receivedAtOnce = 0;
  private readonly messageBytes: number;

  constructor(messageBytes: number) {
    this.messageBytes = messageBytes;
  }

  sent(): void {
    this.sends += this.requestsFor(1);
  }

  /** So many messages were received into a batch: what it receives at one instant it receives at once. */
  received(now: number, batch: number, messages: number): void {
    if (now !== this.receivedAt || batch !== this.receivedInto) this.receivedAtOnce = 0;
    this.receivedAt = now;
    this.receivedInto = batch;
    const before = this.callsFor(this.receivedAtOnce);
    this.receivedAtOnce += messages;
    this.receives += this.callsFor(this.receivedAtOnce) - before;
  }

  receivedNothing(): void {
    this.emptyReceives++;
  }

  deleted(messages: number): void {
    this.deletes += Math.ceil(messages / MESSAGES_PER_CALL);
  }

  /** From now on so many pollers wait for a first message. */
  poll(now: number, pollers: number): void {
    this.idleMicros += this.idlePollers * (now - this.idleSince);
    this.idleSince = now;
    this.idlePollers = pollers;
  }

  close(observation: Observation, windowMicros: number, index: number): void {
    this.poll(windowMicros, 0);
    const { usage } = observation;
    usage[`queueSends.${index}`] = this.sends;
    usage[`queueReceives.${index}`] = this.receives;
    usage[`queueDeletes.${index}`] = this.deletes;
    usage[`queueEmptyReceives.${index}`] =
      this.emptyReceives + Math.floor(this.idleMicros / LONG_POLL_MICROS);
  }

  private callsFor(messages: number): number {
    const full = Math.floor(messages / MESSAGES_PER_CALL);
    const rest = messages % MESSAGES_PER_CALL;
    return full * this.requestsFor(MESSAGES_PER_CALL) + (rest === 0 ? 0 : this.requestsFor(rest));
  }

  private requestsFor(messages: number): number {
    return requestsOfBytes(messages * this.messageBytes);
  }
}
