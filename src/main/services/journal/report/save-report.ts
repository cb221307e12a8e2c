import { extname } from 'node:path'
import { openAtomic } from '../../../storage/write-atomic'
import { diskError } from '../../../storage/disk-error'
import { htmlEnd } from '../../html-page'
import { toHtml } from './report-html'
import { toMarkdown } from './report-markdown'
import { reportParts, type ReportSource } from './report-parts'

/** Parts per write: more would block the app, fewer would take longer. */
const partsPerWrite = 500

const formats = {
  html: { write: toHtml, end: htmlEnd },
  markdown: { write: toMarkdown, end: '' },
} as const

const formatOf = (path: string): (typeof formats)['html' | 'markdown'] =>
  /^\.(md|markdown)$/i.test(extname(path)) ? formats.markdown : formats.html

/** Writes a report in slices, as Markdown according to the file name, otherwise as HTML. Errors: FleetError `disk`. */
export async function saveReport(path: string, source: ReportSource): Promise<void> {
  const { write, end } = formatOf(path)
  const target = await openAtomic(path)
  try {
    let texts: string[] = []
    for (const part of reportParts(source)) {
      texts.push(write(part))
      if (texts.length < partsPerWrite) continue
      await target.handle.appendFile(texts.join(''))
      texts = []
    }
    await target.handle.appendFile([...texts, end].join(''))
  } catch (error) {
    await target.discard()
    throw diskError(error, path)
  }
  await target.commit()
}
