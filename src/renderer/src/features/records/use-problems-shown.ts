import { watch, type ShallowRef } from 'vue'
import type ResourceForm from '@/components/form/ResourceForm.vue'
import type { RecordEditor } from './use-record-editor'

/** Scrolls to the first problem when the form or the server rejects the values. */
export function useProblemsShown(
  { step, review }: Pick<RecordEditor, 'step' | 'review'>,
  form: Readonly<ShallowRef<InstanceType<typeof ResourceForm> | null>>,
) {
  watch(step, (now) => {
    if (now !== 'form') return
    form.value?.resetServerErrors()
    void form.value?.showProblem()
  })
  return async (): Promise<void> => {
    await review()
    if (step.value === 'form') await form.value?.showProblem()
  }
}
