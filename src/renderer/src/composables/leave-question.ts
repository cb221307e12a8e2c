import { inject } from 'vue'
import { matchedRouteKey, onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { useCloseQuestion } from './close-question'
import { useDiscardQuestion } from './discard-question'
import { useServerIfAny } from './scope'
import { useSessionQuestion } from './session-question'

/** What no draft contains, such as passwords and files, by label; empty if nothing is lost. */
export function notInDraftText(labels: readonly string[], hasDraft: boolean): string {
  if (labels.length === 0) return ''
  return `Not kept in a draft and lost: ${labels.join(', ')}.${hasDraft ? ' Your other changes stay as a draft.' : ''}`
}

/**
 * Asks before a page is left, the session of its server is ended, or the window closes while something would be lost.
 * `lost` is the text of the question; empty if nothing is. Returns how to ask for another reason.
 */
export function useLeaveQuestion(lost: () => string): (text?: string) => Promise<boolean> {
  const ask = useDiscardQuestion()
  function canLeave(): Promise<boolean> | boolean {
    const text = lost()
    return text === '' || ask(text)
  }
  // The dialogs of the shell stay when the page is left.
  if (inject(matchedRouteKey, undefined) !== undefined) {
    onBeforeRouteLeave(canLeave)
    // A link to a field of this page changes only the query, and leaves nothing.
    onBeforeRouteUpdate((to, from) => to.path === from.path || canLeave())
  }
  const serverId = useServerIfAny()?.serverId
  if (serverId !== undefined) useSessionQuestion(serverId, canLeave)
  useCloseQuestion(
    () => lost() !== '',
    () => ask(lost()),
  )
  return ask
}
