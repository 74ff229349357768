export { summarise } from './summary.ts';
