/** Stands in every password, token and code that a test plants, and is then looked for wherever it must not be. */
export const secretMark = 'PLANTED-7c41'

/** Passes the PBX's rules for a password and carries the mark. */
export const plantedPassword = `Aa9-${secretMark}`
