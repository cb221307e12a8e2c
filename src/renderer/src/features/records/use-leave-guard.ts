import { useLeaveQuestion } from '@/composables/leave-question'
import type { RecordEditor } from './use-record-editor'

type GuardedForm = Pick<RecordEditor, 'step' | 'dirty' | 'sending' | 'forget' | 'lostByLeaving'>

/**
 * A changed form stays as a draft when its page is left. Closing it discards the changes, so that is asked, and so is
 * leaving the page with what no draft contains, such as a password; the draft of the other changes stays.
 */
export function useLeaveGuard(editor: () => GuardedForm | undefined) {
  const ask = useLeaveQuestion(() => {
    const form = editor()
    // A write that is being sent reports its result on any page.
    return form === undefined || form.step.value === 'done' || form.sending.value ? '' : form.lostByLeaving()
  })

  /** Resolves to whether the form may be closed. */
  async function canLeave(): Promise<boolean> {
    const form = editor()
    if (form === undefined || form.step.value === 'done' || !form.dirty.value) return true
    if (form.sending.value || !(await ask('Your changes have not been saved on this server and will be lost.')))
      return false
    form.forget()
    return true
  }
  return { ask, canLeave }
}
