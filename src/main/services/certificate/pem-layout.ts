import { withoutInvisible } from '@shared/text/invisible'

/** Line ends of any system, also those that a JSON string spells out. */
const lineEnds = /(?<!\r)\r*\n|\r|\u0085|\u2028|\u2029|\\r\\n|\\[nr]/g
/** What mail and configuration files put before a line, and blanks behind it. */
const margins = /^[^\S\n>]*(?:>[^\S\n]*)*|(?<![^\S\n])[^\S\n]+$/gm

/** PEM text as copied out of mail, a spreadsheet, JSON or a configuration, without what was put around its lines. */
export const tidyPem = (text: string): string =>
  withoutInvisible(text).replaceAll(lineEnds, '\n').replaceAll(margins, '')

/** Lines inside a block that are no data: comments and headers, such as `Comment: mine`. */
const isData = (line: string): boolean => !/^[#;]|:/.test(line)

/** One block with lines of 64 characters, as every program reads it; as it is if its data is not Base64 or encrypted in the old way. */
export function plainBlock(pem: string): string {
  const [, begin = '', body = '', end = ''] = /^(-+BEGIN[^-]+-+)([^]*?)(-+END[^-]+-+)$/.exec(pem) ?? []
  const data = body.split('\n').filter(isData).join('').replaceAll(/\s/g, '')
  if (/^Proc-Type:/m.test(body) || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return pem
  return [begin, ...(data.match(/.{1,64}/g) ?? []), end].join('\n')
}
