import type { ServerId } from '@shared/domain/server'
import { factsFileSchema, type FactsFile, type StoredFacts } from '@shared/fleet/facts'
import { realTiming, type Timing } from '../../portsip/token-bucket'
import { JsonStore } from '../../storage/json-store'

/** The file of the facts of all servers. */
export const factsStore = (file: string): JsonStore<FactsFile> =>
  new JsonStore({ file, schema: factsFileSchema, version: 1, empty: { version: 1, servers: [] } })

export type FactsPart = Exclude<keyof StoredFacts, 'serverId'>
export type FactsPatch = { readonly [K in FactsPart]?: StoredFacts[K] | undefined }

interface FactsDeps {
  readonly store: JsonStore<FactsFile>
  readonly onChange: (facts: readonly StoredFacts[]) => void
  readonly report: (what: string, error?: unknown) => void
  readonly timing?: Timing
}

/** Changes are published together, and saved less often: a lost last change is only read again. */
const publishAfterMs = 100
const saveAfterMs = 5_000

/** What is known about each server, in memory and on disk. */
export class FleetFacts {
  private readonly known: Map<ServerId, StoredFacts>
  private readonly changed = new Set<ServerId>()
  private readonly timing: Timing
  private cancelSave: (() => void) | undefined

  constructor(private readonly deps: FactsDeps) {
    this.timing = deps.timing ?? realTiming
    this.known = new Map(deps.store.value.servers.map((facts) => [facts.serverId, facts]))
  }

  list(): readonly StoredFacts[] {
    return [...this.known.values()]
  }

  get(serverId: ServerId): StoredFacts | undefined {
    return this.known.get(serverId)
  }

  /** Stores what was read; undefined values leave what is known, without the parts in `forgotten`. */
  note(serverId: ServerId, patch: FactsPatch, forgotten: readonly FactsPart[] = []): void {
    const before = this.known.get(serverId)
    const set = Object.entries(patch).filter(([, value]) => value !== undefined)
    const kept = Object.entries(before ?? {}).filter(([key]) => !forgotten.some((part) => part === key))
    const after: StoredFacts = { ...Object.fromEntries([...kept, ...set]), serverId }
    if (JSON.stringify(before) === JSON.stringify(after)) return
    this.known.set(serverId, after)
    this.publishLater(serverId)
    this.saveLater()
  }

  /** To be called for removed servers, and for servers with another address: the facts are those of another PBX. */
  forget(ids: readonly ServerId[]): void {
    const wereKnown = ids.filter((id) => this.known.delete(id))
    for (const id of wereKnown) this.publishLater(id)
    if (wereKnown.length > 0) this.saveLater()
  }

  /** Saves what has not been saved yet. */
  async settled(): Promise<void> {
    if (this.cancelSave !== undefined) await this.save()
    await this.deps.store.settled()
  }

  private publishLater(serverId: ServerId): void {
    if (this.changed.size === 0) this.timing.after(publishAfterMs, () => this.publish())
    this.changed.add(serverId)
  }

  /** Of a forgotten server only the ID is published: nothing is known about it. */
  private publish(): void {
    const facts = [...this.changed].map((serverId) => this.known.get(serverId) ?? { serverId })
    this.changed.clear()
    this.deps.onChange(facts)
  }

  private saveLater(): void {
    this.cancelSave ??= this.timing.after(saveAfterMs, () => void this.save())
  }

  private async save(): Promise<void> {
    this.cancelSave?.()
    this.cancelSave = undefined
    await this.deps.store
      .update(() => ({ version: 1, servers: this.list() }))
      .catch((error: unknown) => this.deps.report('facts of the fleet not saved', error))
  }
}
