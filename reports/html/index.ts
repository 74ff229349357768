export { type HtmlOptions, renderHtml } from './report.ts';
