import { ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import type { RecordEditor } from './use-record-editor'

/** Asks before a changed form is left. While the dialog is open, `leaving` is the function for its response. */
export function useLeaveGuard(editor: () => Pick<RecordEditor, 'step' | 'dirty' | 'sending' | 'forget'> | undefined) {
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
  /** A write that is being sent reports its result on any page. */
  const canLeavePage = () => editor()?.sending.value === true || canLeave()
  onBeforeRouteLeave(canLeavePage)
  // A link to a field of this page changes only the query, and leaves nothing.
  onBeforeRouteUpdate((to, from) => to.path === from.path || canLeavePage())
  return { leaving, canLeave }
}
