import { computed, shallowRef } from 'vue'
import { changedFields } from '@shared/resources/compare'
import type { FormValues } from '@shared/resources/nested'
import { testMailFields } from './test-mail-fields'

/** The values of a test email, with the labels of what was typed since they were last sent. */
export function useMailValues(start: FormValues) {
  const values = shallowRef(start)
  const sent = shallowRef(start)
  return {
    values,
    typed: computed(() => changedFields(testMailFields, sent.value, values.value).map(({ label }) => label)),
    /** Nothing of these values would be lost. */
    setSent: (mail: FormValues): void => void (sent.value = mail),
  }
}
