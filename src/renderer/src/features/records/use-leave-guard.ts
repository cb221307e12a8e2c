import { ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import type { RecordEditor } from './use-record-editor'

/** Asks before a changed form is left: `leaving` is set while the question stands open, and is called with the answer. */
export function useLeaveGuard(editor: () => Pick<RecordEditor, 'step' | 'dirty' | 'sending' | 'forget'> | undefined) {
  const leaving = ref<(leave: boolean) => void>()

  /** Resolves to whether the form may be left. */
  function mayLeave(): Promise<boolean> {
    const form = editor()
    if (form === undefined || form.step.value === 'done' || !form.dirty.value) return Promise.resolve(true)
    if (form.sending.value || leaving.value !== undefined) return Promise.resolve(false)
    return new Promise((answer) => {
      leaving.value = (leave) => {
        leaving.value = undefined
        if (leave) form.forget()
        answer(leave)
      }
    })
  }
  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate(mayLeave)
  return { leaving, mayLeave }
}
