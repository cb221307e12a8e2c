import { appendFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { rolloutHeadSchema, rolloutStateSchema, type RolloutHead, type RolloutStateLine } from '@shared/domain/rollout'
import type { DamagedFile } from '@shared/domain/plan'
import { FleetError } from '@shared/ipc/result'
import { recordsLimits } from '@shared/limits/stored'
import { describeDamaged } from '../../storage/damaged-file'
import { diskError, errnoOf } from '../../storage/disk-error'
import { jsonOf } from '../../storage/json-line'
import { readRegular } from '../../storage/regular-file'
import { writeAtomic } from '../../storage/write-atomic'

/** Contains names of customers and addresses, so only this account may read it. */
const mode = 0o600
const rolloutFile = /^([0-9a-f-]{36})\.jsonl$/

const damaged = (id: string, why: string): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `The stored rollout ${id} ${why}`,
    hint: 'Its changes are in the journal. It cannot be resumed.',
  })

export interface StoredRollout {
  readonly head: RolloutHead
  /** None if the app ended before anything was sent. */
  readonly last?: RolloutStateLine
}

/**
 * Stores each rollout as a file of JSON lines: its servers with the IDs of their plans before anything is sent, then its
 * states. Errors: FleetError `disk`, `damaged`, `not-found`.
 */
export class RolloutStore {
  private appending = Promise.resolve()

  constructor(private readonly folder: string) {}

  private path(id: string): string {
    return join(this.folder, `${id}.jsonl`)
  }

  /** Resolves once the rollout is on disk. */
  async create(head: RolloutHead): Promise<void> {
    await mkdir(this.folder, { recursive: true }).catch((error: unknown) => {
      throw diskError(error, this.path(head.id))
    })
    await writeAtomic(this.path(head.id), `${JSON.stringify(head)}\n`, mode)
  }

  /** Appends in order, each line after a newline, because a killed app may have left an incomplete one. */
  append(id: string, line: RolloutStateLine): Promise<void> {
    const appended = this.appending.then(() => appendFile(this.path(id), `\n${JSON.stringify(line)}\n`))
    this.appending = appended.catch(() => undefined)
    return appended.catch((error: unknown) => {
      throw diskError(error, this.path(id))
    })
  }

  settled(): Promise<void> {
    return this.appending
  }

  async read(id: string): Promise<StoredRollout> {
    const bytes = await readRegular(this.path(id), recordsLimits.rolloutBytes, (why) => damaged(id, why)).catch(
      (error: unknown) => {
        if (errnoOf(error) === 'ENOENT')
          throw new FleetError({ code: 'not-found', message: 'This rollout is not stored on this computer' })
        throw diskError(error, this.path(id), 'read')
      },
    )
    const [first = '', ...rest] = bytes.toString('utf8').split('\n')
    const head = rolloutHeadSchema.safeParse(jsonOf(first))
    if (!head.success || head.data.id !== id) throw damaged(id, 'is damaged')
    const states = rest.flatMap((line) => rolloutStateSchema.safeParse(jsonOf(line)).data ?? [])
    const last = states.at(-1)
    return { head: head.data, ...(last && { last }) }
  }

  /** All stored rollouts; `damaged` are files without a valid first line. */
  async list(): Promise<{ readonly rollouts: readonly StoredRollout[]; readonly damaged: readonly DamagedFile[] }> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw diskError(error, this.folder)
    })
    const rollouts: StoredRollout[] = []
    const damaged: DamagedFile[] = []
    for (const name of names) {
      const id = rolloutFile.exec(name)?.[1]
      if (id === undefined) continue
      const stored = await this.read(id).catch(() => undefined)
      if (stored === undefined) damaged.push(await describeDamaged(this.path(id), name, 'rollout'))
      else rollouts.push(stored)
    }
    return { rollouts, damaged }
  }
}
