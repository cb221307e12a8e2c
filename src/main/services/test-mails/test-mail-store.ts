import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mailLineSchema, type MailLine } from '@shared/domain/test-mails'
import { diskError, errnoOf } from '../../storage/disk-error'
import { jsonOf } from '../../storage/json-line'

/** Contains names of servers, so only this account may read it. */
const mode = 0o600

/** Stores the test emails of each rollout beside it, as a file of JSON lines. Errors: FleetError `disk`. */
export class TestMailStore {
  private appending = Promise.resolve()

  constructor(private readonly folder: string) {}

  private path(rolloutId: string): string {
    return join(this.folder, `${rolloutId}.mails.jsonl`)
  }

  /** Resolves once the line is on disk. Each begins after a newline, as a killed app may have left an incomplete one. */
  append(rolloutId: string, line: MailLine): Promise<void> {
    const path = this.path(rolloutId)
    const append = (): Promise<void> => appendFile(path, `\n${JSON.stringify(line)}\n`, { mode, flush: true })
    const appended = this.appending.then(append)
    this.appending = appended.catch(() => undefined)
    return appended.catch((error: unknown) => {
      throw diskError(error, path)
    })
  }

  settled(): Promise<void> {
    return this.appending
  }

  async read(rolloutId: string): Promise<readonly MailLine[]> {
    const text = await readFile(this.path(rolloutId), 'utf8').catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return ''
      throw diskError(error, this.path(rolloutId), 'read')
    })
    return text.split('\n').flatMap((line) => mailLineSchema.safeParse(jsonOf(line)).data ?? [])
  }
}
