import type { RolloutSource, RolloutTarget } from '../domain/rollout'
import type { ServerId } from '../domain/server'

/** Servers without a plan, because they could not be read or are read-only. */
export const leftOutOf = (targets: readonly RolloutTarget[]): readonly ServerId[] =>
  targets.flatMap(({ server, settled }) => (settled?.outcome === 'notSent' ? server.id : []))

/** The request of a rollout for other servers; undefined if its source is not the whole request. */
export function requestAgain(source: RolloutSource, serverIds: readonly ServerId[]) {
  switch (source.kind) {
    case 'rules':
    case 'settings':
    case 'create':
    case 'update':
      return { ...source, serverIds }
    default:
      return undefined
  }
}
