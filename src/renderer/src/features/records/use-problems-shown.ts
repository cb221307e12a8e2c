import { watch, type ShallowRef } from 'vue'
import type ResourceForm from '@/components/form/ResourceForm.vue'
import type { RecordEditor } from './use-record-editor'

/** Leads to what is wrong: when a review is refused by the form itself, and when the server's answer brings the form back. */
export function useProblemsShown(
  { step, review }: Pick<RecordEditor, 'step' | 'review'>,
  form: Readonly<ShallowRef<InstanceType<typeof ResourceForm> | null>>,
) {
  watch(step, (now) => {
    if (now !== 'form') return
    form.value?.answeredAnew()
    void form.value?.showProblem()
  })
  return async (): Promise<void> => {
    await review()
    if (step.value === 'form') await form.value?.showProblem()
  }
}
