export type { TerminalOptions } from './style.ts';
export { summarise } from './summary.ts';
