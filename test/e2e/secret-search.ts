import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The files under a folder that hold one of the texts, with the text; files that go meanwhile are passed over. */
export async function filesHolding(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const found: string[] = []
  for (const name of names) {
    const file = join(folder, name)
    if (!(await stat(file).catch(() => undefined))?.isFile()) continue
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    for (const text of texts)
      if (
        [text, Buffer.from(text).toString('base64').slice(0, -4)].some(
          (each) => bytes.includes(each) || bytes.includes(Buffer.from(each, 'utf16le')),
        )
      )
        found.push(`${name}: ${text.slice(0, 12)}…`)
  }
  return found
}
