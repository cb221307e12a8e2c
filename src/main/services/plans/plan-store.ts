import { appendFile, mkdir, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import {
  planHeadSchema,
  planLineSchema,
  planStateSchema,
  type DamagedFile,
  type PlanHead,
  type PlanLine,
  type PlanResult,
  type PlanStateLine,
  type PlanStep,
} from '@shared/domain/plan'
import { FleetError } from '@shared/ipc/result'
import { recordsLimits } from '@shared/limits/stored'
import { diskError, errnoOf } from '../../storage/disk-error'
import { jsonOf } from '../../storage/json-line'
import { describeDamaged } from '../../storage/damaged-file'
import { openRegular } from '../../storage/regular-file'
import { syncFolder, writeAtomic } from '../../storage/write-atomic'

/** Contains names of customers and addresses, so only this account may read it. */
const mode = 0o600
/** Bytes that are enough for the first line of a plan, and for its last line if that is a state. */
const edgeBytes = 16 * 1024
const planFile = /^([0-9a-f-]{36})\.jsonl$/

/** A stored plan without its steps: its first line, and the last one if it is a state. */
export interface PlanEdges {
  readonly head: PlanHead
  readonly last?: PlanStateLine
}

export interface StoredPlan {
  readonly head: PlanHead
  readonly steps: readonly PlanStep[]
  readonly lines: readonly (PlanResult | PlanStateLine)[]
}

const textOf = (lines: readonly PlanLine[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

const lineOf = (text: string): PlanLine | undefined => planLineSchema.safeParse(jsonOf(text)).data

const damagedPlan = (id: string, why = 'is damaged'): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `The stored plan ${id} ${why}`,
    hint: 'Its changes are in the journal. It cannot be applied.',
  })

/**
 * Stores each plan as a file of JSON lines: the steps are written before anything is sent, and results are appended.
 * Results that a killed app did not append are in the journal. Errors: FleetError `disk`, `damaged`, `not-found`.
 */
export class PlanStore {
  private readonly appending = new Map<string, Promise<void>>()

  constructor(private readonly folder: string) {}

  private path(id: string): string {
    return join(this.folder, `${id}.jsonl`)
  }

  /** Resolves once the plan is on disk. Of several plans, it is on disk only after `endSeveral`. */
  async create(head: PlanHead, steps: readonly PlanStep[], isOneOfSeveral = false): Promise<void> {
    if (!isOneOfSeveral) await this.beginSeveral()
    await writeAtomic(this.path(head.id), textOf([head, ...steps]), mode, !isOneOfSeveral)
  }

  /** To be called before several plans are created. */
  async beginSeveral(): Promise<void> {
    await mkdir(this.folder, { recursive: true }).catch((error: unknown) => {
      throw diskError(error, join(this.folder, 'plan'))
    })
  }

  /** The folder of all of them is synced once. */
  endSeveral(): Promise<void> {
    return syncFolder(this.folder)
  }

  /**
   * Appends in order. The first append of a run begins with a newline, because a killed app may have left an incomplete
   * line.
   */
  append(id: string, lines: readonly PlanLine[]): Promise<void> {
    const pending = this.appending.get(id)
    const text = pending === undefined ? `\n${textOf(lines)}` : textOf(lines)
    const appended = (pending ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => appendFile(this.path(id), text))
      .catch((error: unknown) => {
        throw diskError(error, this.path(id))
      })
    this.appending.set(id, appended)
    return appended
  }

  /** Resolves when all pending appends have finished or failed. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.appending.values())
  }

  /** The stored plans; `damaged` are files without a valid first line. */
  async edges(): Promise<{ readonly plans: readonly PlanEdges[]; readonly damaged: readonly DamagedFile[] }> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw diskError(error, this.folder)
    })
    const plans: PlanEdges[] = []
    const damagedFiles: DamagedFile[] = []
    for (const name of names) {
      const id = planFile.exec(name)?.[1]
      if (id === undefined) continue
      const edges = await this.edgesOf(id).catch(() => undefined)
      if (edges === undefined) damagedFiles.push(await this.describe(id))
      else plans.push(edges)
    }
    return { plans, damaged: damagedFiles }
  }

  /** Reads a whole plan. An incomplete last line is ignored. */
  async read(id: string): Promise<StoredPlan> {
    const steps: PlanStep[] = []
    const lines: (PlanResult | PlanStateLine)[] = []
    let head: PlanHead | undefined
    try {
      const input = (await this.open(id)).createReadStream()
      for await (const text of createInterface({ input, crlfDelay: Infinity })) {
        const line = lineOf(text)
        if (line === undefined) continue
        if (line.kind === 'plan') head = line
        else if (line.kind === 'step') steps.push(line)
        else lines.push(line)
      }
    } catch (error) {
      if (errnoOf(error) === 'ENOENT')
        throw new FleetError({ code: 'not-found', message: 'This plan is not stored on this computer' })
      throw diskError(error, this.path(id))
    }
    const isWhole = head?.id === id && steps.length === head.steps && steps.every(({ n }, index) => n === index + 1)
    if (head === undefined || !isWhole) throw damagedPlan(id)
    return { head, steps, lines }
  }

  /** What can be read of a damaged plan. */
  describe(id: string): Promise<DamagedFile> {
    return describeDamaged(this.path(id), `${id}.jsonl`, 'plan')
  }

  private open(id: string): Promise<FileHandle> {
    return openRegular(this.path(id), recordsLimits.planBytes, (why) => damagedPlan(id, why))
  }

  private async edgesOf(id: string): Promise<PlanEdges | undefined> {
    const file = await this.open(id)
    try {
      const { size } = await file.stat()
      const length = Math.min(edgeBytes, size)
      const start = (await file.read(Buffer.alloc(length), 0, length, 0)).buffer.toString('utf8')
      const head = planHeadSchema.safeParse(jsonOf(start.slice(0, start.indexOf('\n'))))
      if (!head.success || head.data.id !== id) return undefined
      const end = (await file.read(Buffer.alloc(length), 0, length, size - length)).buffer.toString('utf8')
      const last = planStateSchema.safeParse(jsonOf(end.split('\n').at(-2) ?? ''))
      return { head: head.data, ...(end.endsWith('\n') && last.success && { last: last.data }) }
    } finally {
      await file.close()
    }
  }
}
