/** What `breakeven explain CODE` prints: a paragraph, and what to write instead of what. */
export function entry(paragraph: string, wrong?: string, right?: string): string {
  const text = paragraph.trim().replaceAll(/\s*\n\s*/g, ' ');
  if (wrong === undefined || right === undefined) return text;
  const indent = (example: string) => example.replaceAll(/^/gm, '    ');
  return `${text}\n\nwrong:\n${indent(wrong)}\n\nright:\n${indent(right)}`;
}
