import { watch, type ShallowRef } from 'vue'
import type { RecordValues } from '@shared/domain/record'
import { resourceIds } from '@shared/resources/ids'
import type ResourceForm from '@/components/form/ResourceForm.vue'
import { useDialogs } from '@/composables/dialogs'
import type { RecordEditor } from './use-record-editor'

/** Offers the valid values of a form to other servers; undefined if they cannot have them. */
export function useApplyElsewhere(
  { resource, isNew, before, values, changes, isValid, readAgain }: RecordEditor,
  form?: Readonly<ShallowRef<InstanceType<typeof ResourceForm> | null>>,
): (() => Promise<void>) | undefined {
  const dialogs = useDialogs()
  const id = resourceIds.find((each) => each === resource.id)
  if (id === undefined) return undefined
  // This server may have been one of them.
  if (!isNew)
    watch(dialogs.current, (now, before) => {
      if (now === undefined && before?.kind === 'record-rollout') void readAgain()
    })
  return async () => {
    if (!isValid()) return void (await form?.value?.showProblem())
    const applied = isNew ? (values.value as RecordValues) : changes.value
    const identity = Object.fromEntries(resource.identity.map((key) => [key, before.value[key]])) as RecordValues
    const isListed = resource.kind === 'list' && !isNew
    dialogs.open({
      ...{ kind: 'record-rollout', resource: id, isNew, values: applied, before: before.value },
      ...(isListed && { identity }),
    })
  }
}
