import type { RequestOf, RolloutKind, SourceOf } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { certificateNotRestored } from '@shared/journal/reversal-of'
import { rejected, type Kind, type KindDeps, type Requested } from './kind'
import { certificateKind } from './certificate'
import { createKind } from './create'
import { fileKind } from './file'
import { importKind } from './import'
import { changeKind, deleteKind } from './records'
import { rulesKind } from './rules'
import { settingsKind } from './settings'
import { updateKind } from './update'

/** Restores what the done steps of a rollout changed. */
const revertKind: Kind<'revert'> = {
  title: ({ of }) => (of === undefined ? 'Revert a revert' : `Revert “${of}”`),
  async check({ rollouts, drafts }, request) {
    const rollout = await rollouts.find(request.rollout)
    if (rollout.isActive) throw new FleetError({ code: 'conflict', message: 'This rollout has not ended' })
    if (rollout.head.source.kind === 'certificate') throw rejected(certificateNotRestored)
    const done = new Map<ServerId, string>()
    for (const { server, planId } of rollout.planned)
      if ((rollout.plan(planId)?.plan.counts().done ?? 0) > 0) done.set(server.id, planId)
    if (done.size === 0) throw rejected('Nothing is left to revert')
    const { source } = rollout.head
    return {
      source: { ...request, ...(source.kind !== 'revert' && { of: titleOf(source) }) },
      serverIds: [...done.keys()],
      planFor: (id) => drafts.revertPlan({ plan: done.get(id) ?? '' }),
    }
  },
}

/** All kinds of rollouts. */
const kinds: { readonly [K in RolloutKind]: Kind<K> } = {
  rules: rulesKind,
  settings: settingsKind,
  create: createKind,
  update: updateKind,
  change: changeKind,
  delete: deleteKind,
  certificate: certificateKind,
  revert: revertKind,
  import: importKind,
  file: fileKind,
}

/** What a rollout does, in its title before the servers. */
export const titleOf = <K extends RolloutKind>(source: SourceOf<K> & { readonly kind: K }): string =>
  kinds[source.kind].title(source)

/** Checks a request of any kind. Throws `rejected`. */
export async function requested<K extends RolloutKind>(
  deps: KindDeps,
  request: RequestOf<K> & { readonly kind: K },
): Promise<Requested> {
  const checked = await kinds[request.kind].check(deps, request)
  // A selection is never completed to all servers.
  if (checked.serverIds.length === 0) throw rejected('No server is selected')
  return checked
}
