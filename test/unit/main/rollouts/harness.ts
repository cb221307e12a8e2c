import type { RolloutPreview, RolloutSettings, RolloutSummary, RuleRequest } from '@shared/domain/rollout'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import { numberToType } from '@shared/rollout/confirm'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import type { CertificateService } from '@main/services/certificate/certificate-service'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import { Harness } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'
import { RolloutServices } from './services'

export interface Target {
  readonly id: ServerId
  readonly pbx: PracticePbx
}

export const request: RuleRequest = {
  ...{ action: 'DENY', ranges: ['41.202.0.0/16'], expiresAt: null, description: 'INC-4711' },
}
export const withCanary: RolloutSettings = { canary: true, stopAfter: 2 }
export const inOneWave: RolloutSettings = { canary: false, stopAfter: 2 }

/** Rollouts over practice servers with HTTPS, and a journal and stores on a real disk. */
export class RolloutsHarness extends RolloutServices {
  private isKilled = false
  /** The selected certificate with its key. */
  files: ReturnType<CertificateService['filesForRollout']> = { chain: [], key: '' }

  private constructor(
    readonly harness: Harness,
    readonly targets: readonly Target[],
    readonly folder: string,
    disk: JournalDisk,
  ) {
    const { sessions, servers } = harness
    const never = new Promise<never>(() => undefined)
    super({
      ...{ folder, servers, now: Date.now, access: (id) => sessions.access(id) },
      serverIds: () => [...harness.records.keys()],
      certificateFiles: () => this.files,
      disk: { ...disk, write: (...args) => (this.isKilled ? never : disk.write(...args)) },
    })
  }

  /** This many signed-in servers, named by their place, without rules. */
  static async start(
    count: number,
    record: Partial<ServerRecord> = {},
    optionsOf: (at: number) => PracticeOptions = () => ({}),
  ): Promise<RolloutsHarness> {
    const harness = new Harness()
    const targets: Target[] = []
    for (let at = 0; at < count; at++) {
      const options = { rules: 0, ...optionsOf(at) }
      const target = await harness.add(options, { name: `PBX ${at}`, protection: 'open', ...record })
      await harness.signIn(target.id, target.pbx)
      targets.push(target)
    }
    return new RolloutsHarness(harness, targets, temporaryFolder(), realDisk)
  }

  /** Another run of the app; this one cannot write to disk any more, so it sends nothing. */
  kill(): RolloutsHarness {
    this.isKilled = true
    return new RolloutsHarness(this.harness, this.targets, this.folder, realDisk)
  }

  get ids(): readonly ServerId[] {
    return this.targets.map(({ id }) => id)
  }

  pbx(at: number): PracticePbx {
    const target = this.targets[at]
    if (target === undefined) throw new Error(`There is no server ${at}`)
    return target.pbx
  }

  preview(asked: Partial<RuleRequest> = {}): Promise<RolloutPreview> {
    return this.service.previews.preview({ kind: 'rules', ...request, ...asked, serverIds: this.ids })
  }

  /** Confirms with the number of servers, which is enough at any protection level. */
  apply({ id, confirm }: RolloutSummary, settings = withCanary, override = ''): Promise<RolloutSummary> {
    const typedName = String(numberToType(confirm).count)
    return this.service.apply(id, { acknowledged: true, typedName, override, note: 'INC-4711' }, settings)
  }

  /** What each server was sent about rules. */
  sent(): readonly (readonly string[])[] {
    return this.targets.map(({ pbx }) =>
      pbx.requests
        .filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters'))
        .map(({ path }) => path.replace(/^\/ip_filters\/[^/]+/, '/ip_filters/{id}')),
    )
  }

  /** What each server was sent, with IDs as `{id}`. */
  posts(): readonly (readonly string[])[] {
    return this.targets.map(({ pbx }) =>
      pbx.requests
        .filter(({ method, path }) => method === 'POST' && !path.startsWith('/auth/'))
        .map(({ path }) => path.replace(/(?<=^\/(ip_filters|transports|tenants|dealers)\/)[^/]+/, '{id}')),
    )
  }

  override async close(): Promise<void> {
    await super.close()
    await this.harness.close()
  }
}
