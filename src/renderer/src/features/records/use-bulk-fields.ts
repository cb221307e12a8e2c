import { computed, shallowRef } from 'vue'
import type { RecordValues } from '@shared/domain/record'
import type { FieldSpec } from '@shared/resources/field'
import { problemsOf } from '@shared/resources/problem'
import type { ListResource } from '@shared/resources/resource'

/** The fields that several records get together, with their values. */
export function useBulkFields(resource: () => ListResource) {
  const fields = computed(() => resource().fields.filter(({ bulk }) => bulk === true))
  /** Keys of the fields to change, in the order of selection. */
  const ticked = shallowRef<readonly string[]>([])
  const values = shallowRef<RecordValues>({})

  /** Only a text can be blank without being typed; everything else has no value until one is selected. */
  const isOpen = ({ key, kind }: FieldSpec): boolean => kind !== 'text' && !Object.hasOwn(values.value, key)
  const changes = computed<RecordValues>(() =>
    Object.fromEntries(ticked.value.map((key) => [key, values.value[key] ?? null])),
  )
  const tickedFields = computed(() => fields.value.filter(({ key }) => ticked.value.includes(key)))
  const problems = computed(() => problemsOf(tickedFields.value, changes.value))

  return {
    fields,
    ticked,
    values,
    changes,
    problems,
    /** Labels of what was selected or typed. */
    typed: computed(() => tickedFields.value.map(({ label }) => label)),
    canPreview: computed(
      () => ticked.value.length > 0 && problems.value.size === 0 && !tickedFields.value.some(isOpen),
    ),
    tick({ key }: FieldSpec, isOn: boolean): void {
      ticked.value = isOn ? [...ticked.value, key] : ticked.value.filter((other) => other !== key)
    },
    set({ key }: FieldSpec, value: unknown): void {
      values.value = { ...values.value, [key]: value as RecordValues[string] }
    },
  }
}

export type BulkFieldsState = ReturnType<typeof useBulkFields>
