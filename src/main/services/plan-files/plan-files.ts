import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { parseAddress } from '@shared/domain/address'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import { noteMax } from '@shared/domain/note'
import { visibleText } from '@shared/domain/visible-text'
import { FleetError } from '@shared/ipc/result'
import type { OpenedPlanFile, PlanFile, PlanFileServer, PlanFileTarget } from '@shared/rollout/plan-file'
import { ifPresent, type Servers } from '../../servers/servers'
import { writeAtomic } from '../../storage/write-atomic'
import type { Files } from '../exports/files-host'
import { safeName } from '../exports/safe-name'
import type { PlanShelf } from '../plans/plan-shelf'
import type { RolloutShelf } from '../rollouts/rollout-shelf'
import { ServerFinder } from '../workspace/server-finder'
import { planFileOf } from './write-plan-file'

export interface PlanFilesDeps {
  readonly shelf: Pick<PlanShelf, 'find'>
  readonly rollouts: Pick<RolloutShelf, 'find'>
  readonly servers: Pick<Servers, 'record'>
  readonly files: Pick<Files, 'readPlan'>
  /** All servers of the workspace. */
  readonly list: () => readonly ServerRecord[]
  readonly systemUser: string
  readonly now?: () => number
}

interface MatchedServer {
  readonly target: PlanFileTarget
  readonly steps: PlanFileServer['steps']
}

/** An opened file with its servers in this workspace. */
export interface OpenFile {
  readonly file: PlanFile
  readonly name: string
  readonly servers: readonly MatchedServer[]
}

/** The ending of a plan file, which also opens as JSON. */
const ending = '.pbxplan.json'
/** Closed windows leave files behind: the oldest ones go. */
const openMax = 4

/** Plans as files for colleagues. Errors: FleetError `not-found`, `rejected`, `disk`, `damaged`. */
export class PlanFiles {
  private readonly open = new Map<string, OpenFile>()

  constructor(private readonly deps: PlanFilesDeps) {}

  /** The file of a plan or rollout, and a name for it. */
  async fileOf(of: { readonly planId: string } | { readonly rolloutId: string }): Promise<{
    readonly name: string
    readonly text: string
  }> {
    const { head, planIds } = await this.planOf(of)
    const found = await Promise.all(planIds.map((id) => this.deps.shelf.find(id).catch(() => undefined)))
    const plans = found.flatMap((opened) => {
      if (opened === undefined) return []
      const record = ifPresent(() => this.deps.servers.record(opened.plan.head.server.id))
      // Without its address nobody could say which server it is.
      return record === undefined ? [] : { plan: opened.plan, address: record.address }
    })
    if (plans.length === 0)
      throw new FleetError({ code: 'rejected', message: 'The servers of this plan are no longer in the workspace' })
    const now = (this.deps.now ?? Date.now)()
    const file = planFileOf({ title: head.title, note: head.note, plans }, this.deps.systemUser, now)
    const name = `${safeName(head.title, 'plan')}${ending}`
    return { name, text: `${JSON.stringify(file, null, 2)}\n` }
  }

  save(path: string, text: string): Promise<void> {
    return writeAtomic(path, text)
  }

  /** Reads a file and finds its servers in this workspace. Nothing is compared or sent. */
  async read(path: string): Promise<OpenedPlanFile> {
    const file = withVisibleTexts(await this.deps.files.readPlan(path))
    const finder = new ServerFinder(this.deps.list())
    const opened: OpenFile = { file, name: basename(path), servers: matched(file.servers, finder) }
    const fileId = randomUUID()
    this.open.set(fileId, opened)
    for (const id of [...this.open.keys()].slice(0, -openMax)) this.open.delete(id)
    const { title, note = '', savedAt, savedBy } = file
    const targets = opened.servers.map(({ target }) => target)
    return { fileId, file: opened.name, title, note, savedAt, savedBy, targets }
  }

  find(fileId: string): OpenFile {
    const opened = this.open.get(fileId)
    if (opened !== undefined) return opened
    throw new FleetError({ code: 'not-found', message: 'This plan file is no longer open', hint: 'Open it again.' })
  }

  private async planOf(of: { readonly planId: string } | { readonly rolloutId: string }) {
    if ('planId' in of) return { head: (await this.deps.shelf.find(of.planId)).plan.head, planIds: [of.planId] }
    const rollout = await this.deps.rollouts.find(of.rolloutId)
    return { head: rollout.head, planIds: rollout.planned.map(({ planId }) => planId) }
  }
}

/** Nothing in a file of another person may imitate a text of this app. */
const withVisibleTexts = (file: PlanFile): PlanFile => ({
  ...file,
  ...{ title: visibleText(file.title), savedBy: visibleText(file.savedBy) },
  ...(file.note !== undefined && { note: visibleText(file.note).slice(0, noteMax) }),
  servers: file.servers.map((server) => ({ ...server, name: visibleText(server.name) })),
})

/** Each server of the file with that of this workspace; two of the same server are refused, as one would hide the other. */
function matched(servers: readonly PlanFileServer[], finder: ServerFinder): readonly MatchedServer[] {
  const used = new Set<ServerId>()
  return servers.map(({ name, address, steps }): MatchedServer => {
    const parsed = parseAddress(address)
    const found = parsed.ok ? finder.at(parsed.url) : []
    const [server] = found
    const target = { name, address: visibleText(address), steps: steps.length }
    const reason =
      server === undefined
        ? 'Not in this workspace'
        : found.length > 1
          ? 'Several servers of this workspace have this address'
          : used.has(server.id)
            ? 'The file has this server twice'
            : undefined
    if (reason !== undefined || server === undefined) return { target: { ...target, reason: reason ?? '' }, steps }
    used.add(server.id)
    return { target: { ...target, server: { id: server.id, name: server.name } }, steps }
  })
}
