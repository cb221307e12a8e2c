import type { RuleAction } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { MergedRow } from '@shared/fleet/merged-row'
import { plainText } from '@shared/text/plain-text'
import { useDialogs } from '@/composables/dialogs'
import { useSelectedServers } from '@/composables/selected-servers'

const actionOf = (rows: readonly MergedRow[]): RuleAction | undefined => {
  const actions = new Set(rows.map(({ target }) => target))
  const [action] = actions
  return actions.size === 1 && (action === 'DENY' || action === 'ACCEPT') ? action : undefined
}

/** Opens the form that blocks or allows addresses on several servers, from the table of IP rules. */
export function useRuleRollout() {
  const dialogs = useDialogs()
  const selectedServers = useSelectedServers()

  /** The servers that were selected in the sidebar are selected; otherwise the servers of the filter are shown. */
  const suggested = (filter: string): { readonly serverIds?: readonly ServerId[]; readonly filter?: string } => {
    const servers = selectedServers.ids.value
    if (servers !== undefined) return { serverIds: [...servers] }
    return filter === '' ? {} : { filter }
  }

  return {
    openForServers: (filter: string) => dialogs.open({ kind: 'rule-rollout', action: 'DENY', ...suggested(filter) }),
    /** The ranges of these rules, for other servers. */
    openForRules(rows: readonly MergedRow[], filter: string): void {
      const action = actionOf(rows)
      const addresses = [...new Set(rows.map(({ cidr }) => plainText(cidr)))].join('\n')
      dialogs.open({ kind: 'rule-rollout', addresses, ...(action && { action }), ...suggested(filter) })
    },
  }
}
