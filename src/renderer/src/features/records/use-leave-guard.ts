import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { useDiscardQuestion } from '@/composables/discard-question'
import type { RecordEditor } from './use-record-editor'

type GuardedForm = Pick<RecordEditor, 'step' | 'dirty' | 'sending' | 'forget' | 'saveDraft'>

/**
 * A changed form stays as a draft when its page is left. Closing it discards the changes, so that is asked, and so is
 * leaving the page with what no draft may contain, such as a password.
 */
export function useLeaveGuard(editor: () => GuardedForm | undefined) {
  const { question, ask } = useDiscardQuestion()

  /** Resolves to whether the form may be left. */
  async function canLeave(): Promise<boolean> {
    const form = editor()
    if (form === undefined || form.step.value === 'done' || !form.dirty.value) return true
    if (form.sending.value || !(await ask('Your changes have not been saved on this server and will be lost.')))
      return false
    form.forget()
    return true
  }
  function canLeavePage(): Promise<boolean> | boolean {
    const form = editor()
    if (form === undefined || form.step.value === 'done') return true
    // A write that is being sent reports its result on any page.
    return form.sending.value || form.saveDraft() || canLeave()
  }
  onBeforeRouteLeave(canLeavePage)
  // A link to a field of this page changes only the query, and leaves nothing.
  onBeforeRouteUpdate((to, from) => to.path === from.path || canLeavePage())
  return { question, canLeave }
}
