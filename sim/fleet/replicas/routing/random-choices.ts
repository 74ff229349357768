// Hot: `pick` and `load` run for every request.
import type { Random } from '../../../kernel/random.ts';
import { grownInt32 } from '../../../kernel/typed-arrays.ts';
import type { Router } from './router.ts';

/**
 * Draws some instances with equal chances, with replacement, and takes the one with the fewest requests; of
 * several, the one drawn first. One draw is random routing, two are the power of two choices.
 *
 * Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE Transactions on
 * Parallel and Distributed Systems 12(10), 2001. Envoy's least-request balancer draws with replacement too.
 */
export class RandomChoices implements Router {
  private readonly choices: number;
  private readonly random: Random;
  private readonly instances: number[] = [];
  private outstanding = new Int32Array(16);

  constructor(choices: number, random: Random) {
    this.choices = choices;
    this.random = random;
  }

  add(instance: number): void {
    if (instance >= this.outstanding.length) {
      this.outstanding = grownInt32(this.outstanding, Math.max(instance + 1, 2 * this.outstanding.length));
    }
    this.outstanding[instance] = 0;
    this.instances.push(instance);
  }

  remove(instance: number): void {
    const place = this.instances.indexOf(instance);
    if (place >= 0) this.instances.splice(place, 1);
  }

  pick(): number {
    const { instances, outstanding } = this;
    if (instances.length === 0) return -1;
    let best = this.draw();
    for (let choice = 1; choice < this.choices; choice++) {
      const rival = this.draw();
      if (outstanding[rival]! < outstanding[best]!) best = rival;
    }
    return best;
  }

  load(instance: number, outstanding: number): void {
    if (instance < this.outstanding.length) this.outstanding[instance] = outstanding;
  }

  private draw(): number {
    return this.instances[Math.floor(this.random() * this.instances.length)]!;
  }
}
