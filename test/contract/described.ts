import type { Comparison } from './compare'

/**
 * Where a described resource differs from the reference on purpose, by operation (`GET /network`) and then by `field.aspect`, each with the reason.
 * What is not here must be the same to the letter.
 */
export const meantDifferences: Readonly<Record<string, Comparison['except']>> = {}
