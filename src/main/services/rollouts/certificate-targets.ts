import { pinOf } from '@shared/domain/pins'
import type { AddressChoice, CertificateView, ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { fingerprintIn } from '@shared/resources/certificate'
import {
  addressState,
  canTrust,
  certificateStage,
  isStored,
  type CertificateTarget,
  type PresentedAt,
} from '@shared/rollout/certificate-stage'
import { FleetError } from '@shared/ipc/result'
import { ifPresent, type ServerResult, type Servers } from '../../servers/servers'
import { toAppError } from '../../to-app-error'
import { rejected } from './kinds/kind'
import type { Rollout } from './rollout'
import type { RolloutShelf } from './rollout-shelf'

export interface CertificateTargetsDeps {
  readonly rollouts: Pick<RolloutShelf, 'find'>
  readonly servers: Pick<Servers, 'record' | 'forEach'>
  /** The certificate that an address presents in a handshake; no request is sent. */
  readonly readPresented: (serverId: ServerId, choice: AddressChoice) => Promise<CertificateView>
  /** Replaces the pinned certificate while the session continues. */
  readonly adopt: (serverId: ServerId, certificate: CertificateView) => Promise<SessionState>
}

const fingerprintOf = ({ head: { source } }: Rollout): string => {
  if (source.kind === 'certificate') return source.fingerprint256
  throw rejected('This rollout has no certificate')
}

/**
 * What the servers of a rollout of a certificate present after the upload, and moving their pins. Nothing of this is
 * stored: it follows from the plans, the workspace and a handshake.
 */
export class CertificateTargets {
  constructor(private readonly deps: CertificateTargetsDeps) {}

  /** All servers without a handshake. Throws `not-found`, `rejected`. */
  async list(rolloutId: string): Promise<readonly CertificateTarget[]> {
    return this.targetsOf(await this.deps.rollouts.find(rolloutId))
  }

  /** A handshake with each address of these servers; does not use the session. */
  async check(rolloutId: string, serverIds: readonly ServerId[]): Promise<readonly PresentedAt[]> {
    const targets = await this.stored(rolloutId, serverIds)
    const results = await this.deps.servers.forEach([...targets.keys()], (id) => this.presentedBy(targets.get(id)))
    return results.flatMap((result) => (result.ok ? result.value : []))
  }

  /** Moves the pin of each server that presents exactly the certificate of the rollout, and no other one. */
  async trust(rolloutId: string, serverIds: readonly ServerId[]): Promise<readonly ServerResult<null>[]> {
    const fingerprint = fingerprintOf(await this.deps.rollouts.find(rolloutId))
    const targets = await this.stored(rolloutId, serverIds)
    return this.deps.servers.forEach([...targets.keys()], async (id) => {
      const target = targets.get(id)
      const presented = await this.presentedBy(target)
      const states = presented.map((each) => target && addressState(target, fingerprint, each))
      const shown = presented.find((each) => each.shown?.fingerprint256 === fingerprint)?.shown
      const stage =
        target &&
        certificateStage(
          target,
          states.flatMap((state) => state ?? []),
        )
      if (target === undefined || shown === undefined || stage === undefined || !canTrust(stage, target))
        throw new FleetError({
          code: 'conflict',
          message: 'The server does not present the uploaded certificate',
          hint: 'Check again, and compare the fingerprints.',
        })
      await this.deps.adopt(id, shown)
      return null
    })
  }

  private async stored(
    rolloutId: string,
    serverIds: readonly ServerId[],
  ): Promise<ReadonlyMap<ServerId, CertificateTarget>> {
    const wanted = new Set(serverIds)
    const targets = await this.list(rolloutId)
    return new Map(
      targets.flatMap((target) =>
        wanted.has(target.serverId) && isStored(target) ? [[target.serverId, target] as const] : [],
      ),
    )
  }

  private presentedBy(target: CertificateTarget | undefined): Promise<readonly PresentedAt[]> {
    const read = async (serverId: ServerId, choice: AddressChoice): Promise<PresentedAt> => {
      try {
        return { serverId, choice, shown: await this.deps.readPresented(serverId, choice) }
      } catch (error) {
        return { serverId, choice, problem: toAppError(error).message }
      }
    }
    return Promise.all((target?.addresses ?? []).map(({ choice }) => read(target?.serverId ?? '', choice)))
  }

  private targetsOf(rollout: Rollout): readonly CertificateTarget[] {
    const fingerprint = fingerprintOf(rollout)
    return rollout.head.targets.map(({ server, plan, settled }): CertificateTarget => {
      const record = ifPresent(() => this.deps.servers.record(server.id))
      const pin = record && pinOf(record)?.fingerprint256
      const before = plan === undefined ? '' : fingerprintIn(rollout.plan(plan)?.plan.steps[0]?.write.before ?? {})
      return {
        serverId: server.id,
        server: server.name,
        outcome: plan === undefined ? (settled?.outcome ?? 'notSent') : rollout.outcomeOf({ planId: plan }),
        previous: [before, pin ?? ''].filter((each) => each !== '' && each !== fingerprint),
        ...(pin !== undefined && { pinned: pin === fingerprint }),
        addresses:
          record === undefined
            ? []
            : [
                { choice: 'first', address: record.address },
                ...(record.secondAddress === '' ? [] : [{ choice: 'second' as const, address: record.secondAddress }]),
              ],
      }
    })
  }
}
