import type { RolloutRow, RolloutSummary } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { FilesHost } from '@main/services/exports/files-host'
import { ManyImports } from '@main/services/imports/many-imports'
import { PlanFiles } from '@main/services/plan-files/plan-files'
import { ifPresent } from '@main/servers/servers'
import type { CertificateService } from '@main/services/certificate/certificate-service'
import { RolloutShelf } from '@main/services/rollouts/rollout-shelf'
import { RolloutStore } from '@main/services/rollouts/rollout-store'
import { RolloutsService } from '@main/services/rollouts/rollouts-service'
import { PlanServices, type PlanServicesOptions } from '../plans/services'

export interface RolloutServicesOptions extends Omit<PlanServicesOptions, 'onChange'> {
  readonly serverIds: () => readonly ServerId[]
  readonly rolloutStore?: RolloutStore
  readonly certificateFiles?: CertificateService['filesForRollout']
}

const noFiles = (): never => {
  throw new Error('No files are selected')
}

/** Rollouts, with their plans, a journal and stores in one folder. */
export class RolloutServices extends PlanServices {
  readonly service: RolloutsService
  readonly rollouts: RolloutShelf
  readonly imports: ManyImports
  readonly planFiles: PlanFiles
  private readonly rolloutStore: RolloutStore
  private readonly waitingFor = new Set<(summary: RolloutSummary) => void>()

  constructor(options: RolloutServicesOptions) {
    super({ ...options, onChange: (summary) => this.service.planChanged(summary) })
    const { folder, servers, now, serverIds, certificateFiles } = options
    const store = options.rolloutStore ?? new RolloutStore(`${folder}/rollouts`)
    this.rolloutStore = store
    this.rollouts = new RolloutShelf({ store, plans: this.shelf })
    const list = () => serverIds().flatMap((id) => ifPresent(() => servers.record(id)) ?? [])
    this.imports = new ManyImports({
      servers: list,
      versionOf: (id) => ifPresent(() => servers.version(id)),
      files: new FilesHost(),
      now,
    })
    this.planFiles = new PlanFiles({
      files: new FilesHost(),
      shelf: this.shelf,
      rollouts: this.rollouts,
      servers,
      list,
      systemUser: 'tech',
      now,
    })
    this.service = new RolloutsService({
      ...{ imports: this.imports, planFiles: this.planFiles, targetOf: this.targetOf },
      ...{ store, rollouts: this.rollouts, plans: this.plans, shelf: this.shelf, drafts: this.drafts, servers, now },
      serverIds,
      certificateFiles: certificateFiles ?? noFiles,
      onChange: (summary) => {
        for (const onSummary of this.waitingFor) onSummary(summary)
      },
      systemUser: 'tech',
      report: (what) => void this.reports.push(what),
    })
  }

  /** Resolves with the rollout once it matches. */
  untilRollout(id: string, fits: (summary: RolloutSummary) => boolean): Promise<RolloutSummary> {
    return new Promise((resolve, reject) => {
      const onSummary = (summary: RolloutSummary): void => {
        if (summary.id !== id || !fits(summary)) return
        this.waitingFor.delete(onSummary)
        resolve(summary)
      }
      this.waitingFor.add(onSummary)
      this.service.get(id).then(onSummary, reject)
    })
  }

  /** Resolves once nothing is being sent. */
  rolloutEnded(id: string): Promise<RolloutSummary> {
    return this.untilRollout(id, ({ state }) => state !== 'applying')
  }

  async rolloutRows(id: string): Promise<readonly RolloutRow[]> {
    return (await this.rollouts.rows(id, { offset: 0, limit: 1000 })).items
  }

  /** Resolves once what happened is stored. */
  async stored(): Promise<void> {
    await Promise.all([this.rolloutStore.settled(), this.store.settled()])
  }

  override async close(): Promise<void> {
    await this.stored()
    await super.close()
  }
}
