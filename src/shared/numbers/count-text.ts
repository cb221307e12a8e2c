const number = new Intl.NumberFormat()

/** A number with its noun, for example `1 server` or `1,200 servers`, in the locale of the system. */
export const countText = (count: number, singular: string, plural = `${singular}s`): string =>
  `${number.format(count)} ${count === 1 ? singular : plural}`
