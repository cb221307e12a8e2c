/** Maximum decimals of a number field with fractions. */
export const decimalsMax = 6
/** Maximum decimals of a percentage. */
export const percentDecimals = 4
/** Maximum decimals of a size, before its unit. */
export const sizeDecimals = 6

/** Signs that may follow a percentage. */
export const percentSigns: readonly string[] = ['%', '٪']
