/** The most decimals of a number field that takes fractions. */
export const decimalsMax = 6
/** The most decimals of a percentage. */
export const percentDecimals = 4
/** The most decimals of a size, before its unit. */
export const sizeDecimals = 6

/** What may follow a percentage. */
export const percentSigns: readonly string[] = ['%', '٪']
