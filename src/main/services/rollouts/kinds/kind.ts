import type { RequestOf, RolloutKind, RolloutSource, SourceOf } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { FleetError, type FieldError } from '@shared/ipc/result'
import type { Servers } from '../../../servers/servers'
import type { ManyImports } from '../../imports/many-imports'
import type { TargetOf } from '../../lists/target-of'
import type { CertificateService } from '../../certificate/certificate-service'
import type { PlanFiles } from '../../plan-files/plan-files'
import type { PlanDrafts } from '../../plans/drafts'
import type { NewPlan } from '../../plans/plans-service'
import type { RolloutShelf } from '../rollout-shelf'

export interface KindDeps {
  readonly servers: Pick<Servers, 'record' | 'reader' | 'state' | 'version'>
  readonly drafts: Pick<PlanDrafts, 'revertPlan' | 'changePlan' | 'deletePlan'>
  readonly rollouts: Pick<RolloutShelf, 'find'>
  readonly imports: Pick<ManyImports, 'find'>
  readonly planFiles: Pick<PlanFiles, 'find'>
  readonly targetOf: TargetOf
  /** The selected files of a certificate. Throws `not-found`, `rejected`. */
  readonly certificateFiles: CertificateService['filesForRollout']
  readonly now: () => number
}

export interface ServerPlan extends NewPlan {
  /** How many records the list has from which some are deleted. */
  readonly listSize?: number
  /** What changes, if servers with different values can have the same difference. */
  readonly difference?: string
  /** What the change is about, after its label in the preview. */
  readonly about?: string
}

/** A request that was checked, with the plan of each of its servers. */
export interface Requested {
  readonly source: RolloutSource
  readonly serverIds: readonly ServerId[]
  /** What no server gets, and why. */
  readonly warnings?: readonly string[]
  /** Compares one server with the request. Throws if nothing can be sent to it, with the reason. */
  readonly planFor: (serverId: ServerId) => Promise<ServerPlan>
}

/** What is special to one kind of rollout. */
export interface Kind<K extends RolloutKind> {
  /** `Block 41.202.0.0/16`, to which the servers are added. */
  readonly title: (source: SourceOf<K>) => string
  /** Throws `rejected` if the request is not valid on any server. */
  readonly check: (deps: KindDeps, request: RequestOf<K>) => Promise<Requested>
}

export const rejected = (message: string, hint?: string, fields?: readonly FieldError[]): FleetError =>
  new FleetError({ code: 'rejected', message, ...(hint !== undefined && { hint }), ...(fields && { fields }) })
