declare module 'seedrandom/lib/alea.js' {
  /** Alea (J. Baagøe, 2010) as seedrandom packs it: 32 random bits a draw. */
  export default function alea(seed: string): () => number;
}
