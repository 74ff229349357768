export { csvTables } from './csv/index.ts';
export { summarise } from './terminal/index.ts';

/** The charts, and the DOM they are drawn on: most of a second to load, so only on demand. */
export const loadCharts = () => import('./charts/index.ts');

/** The HTML report; brings the charts with it. */
export const loadHtml = () => import('./html/index.ts');
