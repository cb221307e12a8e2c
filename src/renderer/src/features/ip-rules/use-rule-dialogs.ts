import { shallowRef } from 'vue'
import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import type { ServerId } from '@shared/domain/server'
import { draftStore } from '@/components/form/draft-store'
import { inputOf, newRule } from './rule-view'
import { ruleDraftKey, type EditorStart } from './use-rule-editor'

export type RuleDialog =
  | { readonly kind: 'editor'; readonly start: EditorStart; readonly cameBack: boolean }
  | { readonly kind: 'delete'; readonly rules: readonly IpRule[] }
  | { readonly kind: 'export' }
  | { readonly kind: 'import' }

/** A draft that outlived the window it was typed in. */
function keptDraft(serverId: ServerId): RuleDialog | undefined {
  const kept = draftStore.read(ruleDraftKey(serverId))
  if (kept === undefined) return undefined
  const before = { ...newRule, ...kept.initial } as IpRuleInput
  const start = { before, values: kept.values, ...(kept.id !== undefined && { id: kept.id }) }
  return { kind: 'editor', start, cameBack: true }
}

/** The one dialog of the page: the editor, deleting, exporting or importing. */
export function useRuleDialogs(serverId: ServerId) {
  const dialog = shallowRef<RuleDialog | undefined>(keptDraft(serverId))

  const show = (next: RuleDialog) => (dialog.value ??= next)
  const edit = (start: EditorStart) => show({ kind: 'editor', start, cameBack: false })

  return {
    dialog,
    create: () => edit({ before: newRule, values: { ...newRule } }),
    open: (rule: IpRule) => edit({ id: rule.id, before: inputOf(rule), values: { ...inputOf(rule) } }),
    duplicate: (rule: IpRule) => edit({ before: newRule, values: { ...inputOf(rule) } }),
    remove: (rules: readonly IpRule[]) => (rules.length > 0 ? show({ kind: 'delete', rules }) : undefined),
    exportRows: () => show({ kind: 'export' }),
    importRows: () => show({ kind: 'import' }),
    close: () => (dialog.value = undefined),
  }
}
