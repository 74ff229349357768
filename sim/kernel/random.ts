import alea from 'seedrandom/lib/alea.js';

/** A stream of uniform draws in [0, 1), 32 bits each. */
export type Random = () => number;

/**
 * Opens the random stream that belongs to one purpose of one replication.
 *
 * Streams are named, so that two platforms that ask for the same stream get the same numbers (common random
 * numbers) and adding a stream moves no other. Alea (Baagøe 2010) is seeded with a text made of the parts.
 *
 * @param seed the scenario's seed, an integer
 * @param replication 0 for the first run
 * @param purpose what the stream is for and whose it is, as `['cpu', 'uploads']`
 */
export function openRandom(seed: number, replication: number, ...purpose: readonly string[]): Random {
  return alea(JSON.stringify([seed, replication, ...purpose])) as Random;
}
