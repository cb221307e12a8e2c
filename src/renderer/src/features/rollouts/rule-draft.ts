import { shallowRef, watch } from 'vue'
import type { RuleAction } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { draftStore } from '@/components/form/draft-store'

interface RuleDraft {
  readonly action: RuleAction
  readonly text: string
  /** The addresses that the panel was opened with: nobody typed them. */
  readonly given: string
  /** RFC 3339; null for never, undefined while nothing is selected. */
  readonly expiresAt: string | null | undefined
  readonly description: string
  readonly filter: string
  readonly selected: ReadonlySet<ServerId>
}

export const emptyRuleDraft: RuleDraft = {
  ...{ action: 'DENY', text: '', given: '', expiresAt: undefined, description: '', filter: '', selected: new Set() },
}

/** Whether more was entered than servers, an action and given addresses. */
export const isRuleTyped = ({ text, given, description }: RuleDraft): boolean =>
  description.trim() !== '' || (text.trim() !== '' && text.trim() !== given.trim())

const key = 'rule-rollout'
const saved = draftStore.read(key)
let changedAt = saved?.savedAt

/** What was typed is there again when the panel is opened the next time, also after the end of the app, until it was applied. */
export const ruleDraft = shallowRef<RuleDraft>({ ...emptyRuleDraft, ...saved?.values })

/** When the draft was last changed, in ISO 8601; undefined if there is none. */
export const ruleDraftChangedAt = (): string | undefined => (isRuleTyped(ruleDraft.value) ? changedAt : undefined)

watch(ruleDraft, (draft, before) => {
  if (!isRuleTyped(draft)) return draftStore.drop(key)
  const { action, text, expiresAt, description } = draft
  const isChanged = (['action', 'text', 'expiresAt', 'description'] as const).some(
    (part) => draft[part] !== before[part],
  )
  if (!isChanged) return
  changedAt = new Date().toISOString()
  // The servers are selected again: they may have been signed out or removed meanwhile.
  const values = { action, text, description, ...(expiresAt !== undefined && { expiresAt }) }
  draftStore.save(key, { values, initial: {}, page: key })
})
