/** Format characters, such as the zero-width spaces that mail programs paste: nobody sees them in what was typed. */
const invisible = /\p{Cf}/gu

export const withoutInvisible = (text: string): string => text.replaceAll(invisible, '')
