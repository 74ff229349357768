import { type CostPartName, costPartNames } from '../cost-parts.ts';

/** Colours of a chart. Graphics have 3:1 against the background, text 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3). */
export interface Theme {
  readonly name: string;
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly grid: string;
  /** By the platform's position in the scenario. */
  readonly platforms: readonly string[];
  readonly parts: Readonly<Record<CostPartName, string>>;
  /** Text on a part of a bar. */
  readonly onPart: string;
  /** Whether the chart draws its own title; a page has headings. */
  readonly heading: boolean;
}

/**
 * The first five are Okabe and Ito's colours that have 3:1 on white (Color Universal Design, 2008: vermilion,
 * blue, bluish green, reddish purple, black); the other three were chosen to differ from them in lightness.
 */
const lightPlatforms = [
  '#D55E00',
  '#0072B2',
  '#009E73',
  '#CC79A7',
  '#000000',
  '#5B3A9E',
  '#8A7A00',
  '#7A7A7A',
] as const;
const darkPlatforms = [
  '#F0803C',
  '#4FA3E0',
  '#2DBE94',
  '#E3A6C7',
  '#FFFFFF',
  '#A98CF0',
  '#D3BC3A',
  '#9A9A9A',
] as const;

export const light: Theme = {
  name: 'light',
  background: '#ffffff',
  text: '#1b1f24',
  mutedText: '#57606a',
  grid: '#e1e4e8',
  platforms: lightPlatforms,
  parts: {
    compute: '#2F4B6E',
    'compute, CPU idle': '#2F4B6E',
    'kept ready': '#5A74A0',
    requests: '#9A6120',
    'load balancer': '#3F7350',
    network: '#8A4F7D',
    'control plane': '#A3423C',
    storage: '#6B6B1F',
    monitoring: '#66707A',
    other: '#3B3B3B',
  },
  onPart: '#ffffff',
  heading: true,
};

export const dark: Theme = {
  name: 'dark',
  background: '#161b22',
  text: '#e6edf3',
  mutedText: '#9da7b3',
  grid: '#30363d',
  platforms: darkPlatforms,
  parts: {
    compute: '#8FB0DB',
    'compute, CPU idle': '#8FB0DB',
    'kept ready': '#6F8FC4',
    requests: '#D9A05B',
    'load balancer': '#86BD93',
    network: '#C98FBE',
    'control plane': '#E08A83',
    storage: '#B9B96A',
    monitoring: '#9AA4AF',
    other: '#D0D0D0',
  },
  onPart: '#0d1117',
  heading: true,
};

const variableOfPart = (part: CostPartName): string =>
  `--part-${part.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}`;

/**
 * For a chart inside a page: colours are the page's variables, so that one drawing serves light, dark and
 * print.
 */
export const page: Theme = {
  name: 'page',
  background: 'var(--card)',
  text: 'var(--text)',
  mutedText: 'var(--muted)',
  grid: 'var(--grid)',
  platforms: lightPlatforms.map((_, index) => `var(--platform-${index})`),
  parts: Object.fromEntries(
    costPartNames.map((part) => [part, `var(${variableOfPart(part)})`]),
  ) as Theme['parts'],
  onPart: 'var(--on-part)',
  heading: false,
};

/** The declarations that give the `page` theme's variables the colours of `theme`. */
export function themeVariables(theme: Theme): string {
  return [
    `--card:${theme.background}`,
    `--text:${theme.text}`,
    `--muted:${theme.mutedText}`,
    `--grid:${theme.grid}`,
    `--on-part:${theme.onPart}`,
    ...theme.platforms.map((colour, index) => `--platform-${index}:${colour}`),
    ...costPartNames.map((part) => `${variableOfPart(part)}:${theme.parts[part]}`),
  ].join(';');
}

const DASHES = ['', '8 3', '2 3', '10 3 2 3', '5 2', '10 3 2 3 2 3', '1 4', '14 4'] as const;

/** Colour and dash of a platform: never colour alone. Beyond eight, colours return with other dashes. */
export function platformStyle(
  theme: Theme,
  index: number,
): { readonly colour: string; readonly dash: string } {
  const round = Math.floor(index / theme.platforms.length);
  return {
    colour: theme.platforms[index % theme.platforms.length] ?? theme.text,
    dash: DASHES[(index + round) % DASHES.length] ?? '',
  };
}
