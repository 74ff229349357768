import type { Result } from '../../sim/result/result.ts';
import { cutShortText } from '../platforms.ts';
import { html, type Markup, nothing, trusted } from './markup.ts';
import { reproduceSection } from './reproduce.ts';
import {
  assumptionSection,
  billSection,
  chartSection,
  comparisonSection,
  thresholdSection,
  warningSection,
} from './sections.ts';
import { stylesheet } from './stylesheet.ts';

export interface HtmlOptions {
  /** The command line that made the result, as typed. */
  readonly command?: string;
}

const sections = [
  comparisonSection,
  thresholdSection,
  warningSection,
  chartSection,
  billSection,
  assumptionSection,
] as const;

/** Nothing may be loaded, run, sent or framed; only the page's own style applies. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'; img-src data:; " +
  "base-uri 'none'; form-action 'none'";

function headerOf(result: Result): Markup {
  const { description } = result.scenario.resolved;
  const about = typeof description === 'string' ? html`<p>${description}</p>\n` : nothing;
  const cutShort = cutShortText(result);
  const partial = cutShort === null ? nothing : html`<p class="partial">${cutShort}</p>\n`;
  const { region, snapshot } = result.prices;
  const runs = result.replications === 1 ? 'one run' : `${result.replications} independent runs`;
  return html`<header><h1>${result.scenario.name}</h1>
<p class="verdict">${result.verdict.text}</p>
${partial}${about}<p class="muted">Simulated ${runs} in ${region}, prices of ${snapshot}, seed ${result.seed}.
Every platform served the same requests.</p>
</header>
`;
}

/**
 * The whole result as one HTML file that opens without a network: verdict, tables, charts with their data,
 * bills, assumptions, and what it takes to repeat it. No scripts; light, dark and print.
 */
export function renderHtml(result: Result, options: HtmlOptions = {}): string {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(CONTENT_SECURITY_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${result.scenario.name} – Breakeven</title>
<style>${trusted(stylesheet)}</style>
</head>
<body>
${headerOf(result)}<main>
${sections.map((section) => section(result))}</main>
${reproduceSection(result, options.command)}</body>
</html>
`;
  return document.markup;
}
