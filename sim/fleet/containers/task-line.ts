/** Tasks that wait for a place, in the order in which they came. */
export class TaskLine {
  length = 0;
  private tasks: number[] = [];
  private from = 0;

  /** The task that has waited longest. Meaningless when none waits. */
  get first(): number {
    return this.tasks[this.from]!;
  }

  append(task: number): void {
    this.tasks.push(task);
    this.length++;
  }

  /** Takes the first one away. The line must not be empty. */
  shift(): number {
    const task = this.tasks[this.from++]!;
    this.length--;
    if (this.from * 2 > this.tasks.length) {
      this.tasks = this.tasks.slice(this.from);
      this.from = 0;
    }
    return task;
  }

  /** Takes one away from wherever it stands; mostly the last. */
  remove(task: number): void {
    this.tasks.splice(this.tasks.lastIndexOf(task), 1);
    this.length--;
  }
}
