/** Pods without a node, in the order in which they were made. */
export class PodLine {
  length = 0;
  private pods: number[] = [];
  private from = 0;

  /** The pod that has waited longest. Meaningless when none waits. */
  get first(): number {
    return this.pods[this.from]!;
  }

  append(pod: number): void {
    this.pods.push(pod);
    this.length++;
  }

  /** Takes the first one away. The line must not be empty. */
  shift(): number {
    const pod = this.pods[this.from++]!;
    this.length--;
    if (this.from * 2 > this.pods.length) {
      this.pods = this.pods.slice(this.from);
      this.from = 0;
    }
    return pod;
  }

  /** Takes one away from wherever it stands; mostly the last. */
  remove(pod: number): void {
    this.pods.splice(this.pods.lastIndexOf(pod), 1);
    this.length--;
  }
}
