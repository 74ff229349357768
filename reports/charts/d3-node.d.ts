/** The part of d3-node (and of the d3 it brings) that the charts use. It ships no types of its own. */
declare module 'd3-node' {
  export interface Selection {
    append(name: string): Selection;
    attr(name: string, value: string | number): Selection;
    text(value: string): Selection;
    node(): unknown;
  }

  export interface ContinuousScale {
    (value: number): number;
    domain(): number[];
    domain(domain: readonly number[]): ContinuousScale;
    range(range: readonly number[]): ContinuousScale;
    nice(count?: number): ContinuousScale;
    ticks(count?: number): number[];
  }

  export interface D3 {
    scaleLinear(): ContinuousScale;
    scaleLog(): ContinuousScale;
  }

  export class D3Node {
    readonly d3: D3;
    readonly d3Element: Selection;
    readonly window: { XMLSerializer: new () => { serializeToString(node: unknown): string } };
  }
}
