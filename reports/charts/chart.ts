import type { Result } from '../../sim/result/result.ts';
import type { Theme } from './theme.ts';

/** One picture of a result. */
export interface Chart {
  /** Kebab case: the file's name without `.svg`, and the prefix of every id inside. */
  readonly name: string;
  readonly title: string;
  /** One line under the title: what is drawn, in which unit. */
  subtitle(result: Result): string;
  /** For those who cannot see it: what it is, its extremes, its trend. Judges nothing. */
  describe(result: Result): string;
  /** A standalone SVG; the same result gives the same bytes. @param theme default: light */
  render(result: Result, theme?: Theme): string;
}
