/** How many imports wait for the next session of their server. Before another one is open, the user is asked about the oldest. */
export const suspendedImportsMax = 4
