import type { IpRule } from '@shared/domain/ip-rule'
import type { MenuItem } from '@/composables/context-menu'

interface MenuDeps {
  readonly readOnly: boolean
  readonly chosen: number
  readonly copy: () => void
  readonly remove: () => void
  readonly dialogs: {
    readonly open: (rule: IpRule) => void
    readonly duplicate: (rule: IpRule) => void
    readonly remove: (rules: readonly IpRule[]) => void
  }
}

/** What can be done with the row under the pointer and with the chosen ones. */
export function ruleMenu(rule: IpRule, deps: MenuDeps): readonly MenuItem[] {
  const { readOnly, chosen, dialogs } = deps
  const copy: MenuItem = {
    label: chosen > 1 ? `Copy ${chosen.toLocaleString()} rows` : 'Copy row',
    hint: 'Ctrl+C',
    run: deps.copy,
  }
  if (readOnly) return [{ label: 'Show', hint: 'Enter', run: () => dialogs.open(rule) }, copy]
  const removeChosen: readonly MenuItem[] =
    chosen > 0
      ? [{ label: `Delete ${chosen.toLocaleString()} chosen…`, hint: 'Del', danger: true, run: deps.remove }]
      : []
  return [
    { label: 'Edit…', hint: 'Enter', run: () => dialogs.open(rule) },
    { label: 'Duplicate…', run: () => dialogs.duplicate(rule) },
    copy,
    { label: 'Delete this rule…', danger: true, separated: true, run: () => dialogs.remove([rule]) },
    ...removeChosen,
  ]
}
