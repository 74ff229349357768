import { html, type Markup, nothing } from './markup.ts';

/** A table whose first column names its rows. */
export interface DataTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | Markup)[])[];
  /** Columns (from 0) that hold words and stand to the left; all others are numbers. */
  readonly words?: readonly number[];
}

/** A table with a caption and scoped headings, in a box that scrolls sideways on small screens. */
export function renderDataTable(table: DataTable): Markup {
  const words = new Set(table.words ?? []);
  const kind = (column: number): Markup => (words.has(column) ? html` class="w"` : nothing);
  const head = table.head.map((text, column) => html`<th scope="col"${kind(column)}>${text}</th>`);
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? html`<th scope="row">${cell}</th>` : html`<td${kind(column)}>${cell}</td>`,
    );
    return html`<tr>${cells}</tr>\n`;
  });
  return html`<div class="scroll" role="region" aria-label="${table.caption}" tabindex="0"><table>
<caption>${table.caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}
