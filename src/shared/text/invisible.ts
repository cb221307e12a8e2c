/** Format characters, such as the zero-width spaces that mail programs paste: nobody sees them in what was typed. */
const invisible = /\p{Cf}/gu

export const withoutInvisible = (text: string): string => text.replaceAll(invisible, '')

/** Joiners within words of scripts that need them, and within emoji, are no accident. */
const stray = /(?<=[^\0-\x7f])([\u200c\u200d])(?=[^\0-\x7f])|\p{Cf}/gu

/** A name as it was meant: without what was copied along with it and cannot be seen, and without blanks around it. */
export const tidyName = (text: string): string => text.replaceAll(stray, '$1').trim()
