import { createReadStream } from 'node:fs'
import { appendFile, mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import {
  planHeadSchema,
  planLineSchema,
  planStateSchema,
  type PlanHead,
  type PlanLine,
  type PlanResult,
  type PlanStateLine,
  type PlanStep,
} from '@shared/domain/plan'
import { FleetError } from '@shared/ipc/result'
import { diskError, errnoOf } from '../../storage/disk-error'
import { writeAtomic } from '../../storage/write-atomic'

/** Names of customers and addresses: for this account's eyes only. */
const mode = 0o600
/** Enough for the first line of a plan, and for its last one where that is a state. */
const edge = 16 * 1024
const planFile = /^([0-9a-f-]{36})\.jsonl$/

/** A stored plan without its steps: its first line, and the last where that says in which state it is. */
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const lineOf = (text: string): PlanLine | undefined => planLineSchema.safeParse(jsonOf(text)).data

const damaged = (id: string): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `The stored plan ${id} is damaged`,
    hint: 'Its changes are in the journal. It cannot be applied.',
  })

/**
 * Plans on the disk: one file of JSON lines each, its steps written whole before anything is sent, then only appended to. What a killed app did not append is in the
 * journal. Errors: FleetError `disk`, `damaged`, `not-found`.
 */
export class PlanStore {
  private readonly appending = new Map<string, Promise<void>>()

  constructor(private readonly folder: string) {}

  private path(id: string): string {
    return join(this.folder, `${id}.jsonl`)
  }

  /** Resolves once the plan is on the disk. */
  async create(head: PlanHead, steps: readonly PlanStep[]): Promise<void> {
    await mkdir(this.folder, { recursive: true }).catch((error: unknown) => {
      throw diskError(error, this.path(head.id))
    })
    await writeAtomic(this.path(head.id), textOf([head, ...steps]), mode)
  }

  /** Appends in order. The first line after those of an earlier run stands apart from what a killed app left unfinished. */
  append(id: string, lines: readonly PlanLine[]): Promise<void> {
    const before = this.appending.get(id)
    const text = before === undefined ? `\n${textOf(lines)}` : textOf(lines)
    const now = (before ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => appendFile(this.path(id), text))
      .catch((error: unknown) => {
        throw diskError(error, this.path(id))
      })
    this.appending.set(id, now)
    return now
  }

  /** Resolves when everything that was appended was tried. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.appending.values())
  }

  /** The stored plans; `damaged` names those whose first line is none. */
  async edges(): Promise<{ readonly plans: readonly PlanEdges[]; readonly damaged: readonly string[] }> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw diskError(error, this.folder)
    })
    const plans: PlanEdges[] = []
    const broken: string[] = []
    for (const name of names) {
      const id = planFile.exec(name)?.[1]
      if (id === undefined) continue
      const found = await this.edgesOf(id).catch(() => undefined)
      if (found === undefined) broken.push(name)
      else plans.push(found)
    }
    return { plans, damaged: broken }
  }

  /** The whole of one. A last line that a killed app left unfinished is passed over. */
  async read(id: string): Promise<StoredPlan> {
    const steps: PlanStep[] = []
    const lines: (PlanResult | PlanStateLine)[] = []
    let head: PlanHead | undefined
    try {
      const input = createReadStream(this.path(id))
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
    const isWhole = head?.id === id && steps.length === head.steps && steps.every(({ n }, at) => n === at + 1)
    if (head === undefined || !isWhole) throw damaged(id)
    return { head, steps, lines }
  }

  private async edgesOf(id: string): Promise<PlanEdges | undefined> {
    const file = await open(this.path(id), 'r')
    try {
      const { size } = await file.stat()
      const length = Math.min(edge, size)
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
