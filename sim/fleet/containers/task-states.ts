/** States of a task besides those that the machine looks at. Ordered, without a place to run. */
export const WAITING = 1;
/** Has a place; its network interface is made. Not billed. */
export const PROVISIONING = 2;
/** Pulls its image, then starts its program. */
export const STARTING = 5;
/** The same, but it is going to fail before it serves. */
export const FAILING = 6;
