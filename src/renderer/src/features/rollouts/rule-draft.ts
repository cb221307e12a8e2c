import { shallowRef } from 'vue'
import type { RuleAction } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'

interface RuleDraft {
  readonly action: RuleAction
  readonly text: string
  /** RFC 3339; null for never, undefined while nothing is selected. */
  readonly expiresAt: string | null | undefined
  readonly description: string
  readonly filter: string
  readonly selected: ReadonlySet<ServerId>
}

export const emptyRuleDraft: RuleDraft = {
  ...{ action: 'DENY', text: '', expiresAt: undefined, description: '', filter: '', selected: new Set() },
}

/** What was typed is there again when the panel is opened the next time, until it was applied. */
export const ruleDraft = shallowRef(emptyRuleDraft)
