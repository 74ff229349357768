import type { Result } from '../../sim/result/result.ts';
import { html, type Markup, nothing } from './markup.ts';

/** A name in single quotes, so that a shell takes it as one word whatever it has in it. */
function shellQuoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that gives this result again, where the caller does not know better. */
function commandOf(result: Result): string {
  const file = shellQuoted(`${result.scenario.name.replaceAll('/', '-')}.yaml`);
  return `breakeven run ${file} --seed ${result.seed} --replications ${result.replications}`;
}

/** All that is needed to get the same figures again. @param command as it was typed */
export function reproduceSection(result: Result, command: string | undefined): Markup {
  const overrides = Object.entries(result.prices.overrides);
  const facts: readonly (readonly [string, string])[] = [
    ['Version', `${result.tool.name} ${result.tool.version}`],
    ['Scenario', result.scenario.name],
    ['SHA-256 of the scenario', result.scenario.sha256],
    ['Prices', `${result.prices.snapshot}, ${result.prices.region}`],
    ['Seed', String(result.seed)],
    ['Replications', String(result.replications)],
    ['Command', command ?? commandOf(result)],
  ];
  const prices = overrides.map(([id, price]) => html`<li><code>${id}</code> ${price}</li>\n`);
  const own =
    overrides.length === 0 ? nothing : html`<h3>Prices set by the scenario</h3><ul>${prices}</ul>\n`;
  return html`<footer aria-labelledby="again"><h2 id="again">To get these figures again</h2>
<p>The same scenario, seed and version give the same figures, to the last digit, on any machine.</p>
<dl>${facts.map(([term, value]) => html`<dt>${term}</dt><dd><code>${value}</code></dd>\n`)}</dl>
${own}<details><summary>The scenario with every default</summary>
<pre tabindex="0">${JSON.stringify(result.scenario.resolved, null, 2)}</pre></details></footer>
`;
}
