/** A CloudWatch alarm: in ALARM while the last so many data points in a row are all breaching. */
export class Alarm {
  private readonly points: number;
  private inARow = 0;

  /** @param points data points to alarm (evaluation periods) */
  constructor(points: number) {
    this.points = points;
  }

  /** Takes in whether a data point breaches; one that is missing does not. @returns whether it alarms */
  take(isBreaching: boolean): boolean {
    this.inARow = isBreaching ? this.inARow + 1 : 0;
    return this.inARow >= this.points;
  }
}
