import { ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import type { RecordEditor } from './use-record-editor'

type GuardedForm = Pick<RecordEditor, 'step' | 'dirty' | 'sending' | 'forget' | 'saveDraft'>

/**
 * A changed form stays as a draft when its page is left. Closing it discards the changes, so that is asked, and so is
 * leaving the page with what no draft may contain, such as a password. While the dialog is open, `leaving` is the
 * function for its response.
 */
export function useLeaveGuard(editor: () => GuardedForm | undefined) {
  const leaving = ref<(leave: boolean) => void>()

  /** Resolves to whether the form may be left. */
  function canLeave(): Promise<boolean> {
    const form = editor()
    if (form === undefined || form.step.value === 'done' || !form.dirty.value) return Promise.resolve(true)
    if (form.sending.value || leaving.value !== undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      leaving.value = (leave) => {
        leaving.value = undefined
        if (leave) form.forget()
        resolve(leave)
      }
    })
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
  return { leaving, canLeave }
}
