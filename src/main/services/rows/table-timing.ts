/** The shortest time between two pushes of a table’s changes. */
export const pushMs = 100

/**
 * How long the first server of a new table is ahead of the others, if it does not respond earlier: longer than a usual
 * response takes, whose rows would otherwise wait while the requests to the others are being made.
 */
export const headStartMs = 150
