/**
 * Stands for a lone `-` of the command line, which the argument parser takes for an option without a name. No
 * file is called so.
 */
export const STANDARD_INPUT = '\0standard input';
