import { appendFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { mailLineSchema, type MailLine } from '@shared/domain/test-mails'
import { FleetError } from '@shared/ipc/result'
import { recordsLimits } from '@shared/limits/stored'
import { diskError, errnoOf } from '../../storage/disk-error'
import { jsonOf } from '../../storage/json-line'
import { readRegular } from '../../storage/regular-file'

/** Contains names of servers, so only this account may read it. */
const mode = 0o600

const notRead = (path: string, why: string): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `${basename(path)} ${why}`,
    hint: 'Move it out of the folder of the profile. Rollouts are not affected.',
  })

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
    const path = this.path(rolloutId)
    const bytes = await readRegular(path, recordsLimits.rolloutBytes, (why) => notRead(path, why)).catch(
      (error: unknown) => {
        if (errnoOf(error) === 'ENOENT') return ''
        throw diskError(error, path, 'read')
      },
    )
    return bytes
      .toString()
      .split('\n')
      .flatMap((line) => mailLineSchema.safeParse(jsonOf(line)).data ?? [])
  }
}
