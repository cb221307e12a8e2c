/** Formats that every workbook has without naming them, of those with a clock. */
const builtIn: ReadonlySet<number> = new Set([18, 19, 20, 21, 22, 45, 46, 47])

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"'<>]*)["']`).exec(tag)?.[1]

/** Hours or seconds, outside texts and colors: `m` alone is a month. */
const showsClock = (format: string): boolean =>
  /[hs]/i.test(format.replaceAll(/&quot;.*?&quot;|\\.|\[(?!h+\]|s+\]|m+\])[^\]]*\]/gi, ''))

/** The places of the cell formats that show a time of day, from the part of a workbook that has its styles. */
export function clockStyles(styles: string): ReadonlySet<string> {
  const formats = new Set(builtIn)
  for (const [tag] of styles.matchAll(/<numFmt\s[^<>]*>/g))
    if (showsClock(attribute(tag, 'formatCode') ?? '')) formats.add(Number(attribute(tag, 'numFmtId')))
  const [cells = ''] = /<cellXfs[\s>].*?<\/cellXfs>/s.exec(styles) ?? []
  const places = [...cells.matchAll(/<xf\s[^<>]*>/g)].flatMap(([tag], at) =>
    formats.has(Number(attribute(tag, 'numFmtId'))) ? [String(at)] : [],
  )
  return new Set(places)
}

/** A moment that no rounded second shows, in days. */
const moment = '.000001'

/** The part of a sheet, with whole days that are shown with a time of day moved away from midnight. */
export const markedMidnights = (sheet: string, styles: ReadonlySet<string>): string =>
  sheet.replaceAll(
    /(<c\s[^<>]*>\s*(?:<f[^<>]*(?:\/>|>[^<]*<\/f>)\s*)?<v>)(\d+)(?:\.0*)?(?=<\/v>)/g,
    (whole, start: string, day: string) => {
      const tag = start.slice(0, start.indexOf('>') + 1)
      return styles.has(attribute(tag, 's') ?? '') && (attribute(tag, 't') ?? 'n') === 'n'
        ? `${start}${day}${moment}`
        : whole
    },
  )
