import { readFile } from 'node:fs/promises'
import { format, type FormatConfig } from 'oxfmt'

const options = new URL('../.oxfmtrc.json', import.meta.url)

/** The text of a generated file as `npm run format` would leave it; the ending of the name decides the language. */
export async function formatted(file: string, text: string): Promise<string> {
  const { code, errors } = await format(file, text, JSON.parse(await readFile(options, 'utf8')) as FormatConfig)
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join(', ')}`)
  return code
}
