import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { PbxRecord, RecordValues, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { WriteOutcome } from '@shared/domain/write'
import { changedFields, changesInUse, comparable } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import type { ResourceId } from '@shared/resources/ids'
import { toForm, type FormValues } from '@shared/resources/nested'
import { normalValues } from '@shared/resources/normal'
import { problemsOf } from '@shared/resources/problem'
import { isSecret } from '@shared/resources/secret'
import { toConfirmAgain, typedNote } from '@/components/form/confirm'
import { draftStore, typedValues, type SavedDraft } from '@/components/form/draft-store'
import { useWrite } from '@/components/form/use-write'
import { notInDraftText } from '@/composables/leave-question'
import { useServer } from '@/composables/scope'
import { describedPlace, type RecordPlace } from './record-place'
import { useRecordCheck, type CheckState } from './use-record-check'
import { outcomeWarning, writeWords } from './record-words'
import { changesOf, formFields, startValues, withoutSecrets } from './record-form'

export interface EditorStart {
  readonly serverId: ServerId
  readonly resource: ResourceId | RecordPlace
  /** The version of the server, for the fields of a new record. */
  readonly version: string | undefined
  /** The id of a record in a list; absent for a single resource and for a new record. */
  readonly id?: string
  /** The record on the server; absent for a new one. */
  readonly view?: RecordView
  /** Initial values other than those of the server: from a copy or a template. */
  readonly values?: FormValues
  /** Changes that were not sent when the form was left. */
  readonly draft?: SavedDraft | undefined
}

export type EditorStep = 'form' | 'review' | 'conflict' | 'done'

/** Creates or changes one record: draft, review with its check, write, and outcome. */
export function useRecordEditor(start: EditorStart, adapt: (field: FieldSpec) => FieldSpec = (field) => field) {
  const place =
    typeof start.resource === 'string' ? describedPlace(start.serverId, start.resource, start.id) : start.resource
  const { resource, draftKey } = place
  const page = String(useRoute().name)
  const isNew = start.view === undefined
  const view = shallowRef(start.view)
  const fields = computed(() =>
    formFields({ ...resource, fields: resource.fields.map(adapt) }, start.version, view.value),
  )
  const before = shallowRef<FormValues>(startValues(fields.value, start.view))
  const values = shallowRef<FormValues>({
    ...before.value,
    ...start.values,
    ...(start.draft && typedValues(start.draft)),
  })
  const restoredAt = shallowRef(start.draft?.savedAt)
  const step = shallowRef<EditorStep>('form')
  const showAll = shallowRef(false)
  const outcome = shallowRef<WriteOutcome<PbxRecord>>()
  const theirs = shallowRef<FormValues>()

  const changed = computed(() => changesInUse(fields.value, before.value, values.value))
  const dirty = computed(() => changed.value.length > 0)
  const changes = computed(() => changesOf(fields.value, before.value, values.value))
  const { server } = useServer()
  const { confirmation, sending, error, missing, send } = useWrite({
    server: () => server.value,
    words: place.isJob === true ? undefined : () => writeWords(resource, isNew, isNew ? values.value : before.value),
    guards: () => checked.check.value?.guards ?? [],
    request: (confirmed) =>
      isNew
        ? place.create(values.value as RecordValues, confirmed)
        : place.update(before.value as RecordValues, changes.value, confirmed),
    onDone(written) {
      outcome.value = written
      step.value = 'done'
      forget()
    },
    onError({ code, fields: problems = [] }) {
      if (code === 'conflict' && !isNew) return showConflict()
      if (code === 'guarded') return runCheck()
      if (problems.length > 0) step.value = 'form'
    },
    warning: (written) => outcomeWarning(fields.value, written),
    onLeft: ({ ok }) => void (ok || saveDraft()),
  })
  // Restoring a draft that is being sent could send it twice.
  onScopeDispose(() => sending.value && forget())
  const checked = useRecordCheck(() => place.check(isNew ? (values.value as RecordValues) : changes.value))

  const liveKeys = (resource.kind === 'list' ? resource.checkedLive : undefined) ?? []
  const watched = computed(() => fields.value.filter(({ key }) => liveKeys.includes(key)))
  if (liveKeys.length > 0)
    watch(
      () => watched.value.map((field) => comparable(field, values.value[field.key])).join('\n'),
      () => {
        // The review runs its own check.
        if (step.value !== 'form') return
        if (problemsOf(watched.value, values.value).size > 0) checked.clear()
        else checked.later()
      },
      { immediate: true },
    )

  const typedSecrets = computed(() => changed.value.filter(isSecret).map((field) => fieldTitle(fields.value, field)))
  /** Labels of what was entered and no draft contains, such as a password or a file. */
  const notInDraft = computed(() => [...typedSecrets.value, ...(place.notInDraft?.() ?? [])])
  /** Labels of what the restored draft did not keep and is not entered again. */
  const toEnterAgain = computed(() =>
    restoredAt.value === undefined
      ? []
      : (start.draft?.notKept ?? []).filter((label) => !notInDraft.value.includes(label)),
  )

  /** False if it could not be saved. */
  function saveDraft(): boolean {
    if (changed.value.every(isSecret)) {
      draftStore.drop(draftKey)
      return true
    }
    const toSave = (form: FormValues) => withoutSecrets(fields.value, form)
    return draftStore.save(draftKey, {
      values: toSave(values.value),
      initial: toSave(before.value),
      page,
      notKept: [...toEnterAgain.value, ...notInDraft.value],
      ...(start.id !== undefined && { id: start.id }),
    })
  }

  /** What leaving the page loses, as a sentence; empty if the draft has everything. */
  function lostByLeaving(): string {
    if (!saveDraft()) return 'Your changes have not been saved on this server and will be lost.'
    const lost = [...notInDraft.value, ...typedNote(confirmation.value.note)]
    return notInDraftText(lost, typedSecrets.value.length < changed.value.length)
  }
  watch([values, before], () => void (step.value !== 'done' && saveDraft()))
  const forget = () => draftStore.drop(draftKey)

  async function runCheck(): Promise<void> {
    const reply = await checked.run()
    if (reply === undefined) return
    const problems = reply.ok ? (reply.value.problems ?? []) : []
    if (!reply.ok) error.value = reply.error
    else if (problems.length > 0) {
      error.value = { code: 'rejected', message: `The ${resource.singular} cannot be sent as it is`, fields: problems }
      step.value = 'form'
    }
  }

  function checkAgain(): Promise<void> {
    error.value = undefined
    return runCheck()
  }

  /** Whether the form can be sent; otherwise it shows why. */
  function isValid(): boolean {
    showAll.value = true
    // Unchanged values of the server are not validated, except for those that every change contains.
    const sent = isNew ? fields.value : fields.value.filter((field) => field.required || changed.value.includes(field))
    return problemsOf(sent, values.value).size === 0 && (isNew || dirty.value)
  }

  async function review(): Promise<void> {
    if (!isValid()) return
    error.value = undefined
    // The review shows the values exactly as sent.
    values.value = normalValues(isNew ? fields.value : changed.value, values.value)
    checked.clear()
    confirmation.value = toConfirmAgain(confirmation.value)
    step.value = 'review'
    await runCheck()
  }

  async function showConflict(): Promise<void> {
    const reply = await place.get()
    if (!reply.ok) return void (error.value = reply.error)
    view.value = reply.value
    theirs.value = toForm(fields.value, reply.value.values)
    step.value = 'conflict'
  }

  /** Continues from the current values of the server with the selected ones. */
  function resolve(selected: FormValues): void {
    if (theirs.value === undefined) return
    before.value = theirs.value
    values.value = { ...selected }
    error.value = undefined
    step.value = 'form'
    if (dirty.value) void review()
  }

  /** Shows what is on the server now, for example after the values were applied to it elsewhere; what was typed stays. */
  async function readAgain(): Promise<void> {
    const reply = await place.get()
    if (!reply.ok || step.value !== 'form') return
    const typed = changedFields(fields.value, before.value, values.value).map(({ key }) => [key, values.value[key]])
    view.value = reply.value
    before.value = startValues(fields.value, reply.value)
    values.value = { ...before.value, ...Object.fromEntries(typed) }
  }

  function reset(): void {
    values.value = before.value
    error.value = undefined
    showAll.value = false
    restoredAt.value = undefined
  }

  return {
    resource,
    isNew,
    view,
    fields,
    before,
    values,
    /** Fields that the form shows, each with its own message. */
    shownKeys: computed(() => fields.value.filter(({ readOnly }) => readOnly !== true).map(({ key }) => key)),
    step,
    showAll,
    sending,
    /** Why it cannot be sent; empty if it can. */
    missing: computed(() => {
      if (checked.checking.value) return 'The effects are being checked'
      return checked.check.value === undefined ? 'Its effects are not known yet' : missing.value
    }),
    checking: checked.checking,
    error,
    check: checked.check,
    checkState: computed<CheckState>(() => ({
      check: checked.check.value,
      checking: checked.checking.value,
      error: checked.error.value,
    })),
    outcome,
    theirs,
    confirmation,
    changed,
    dirty,
    changes,
    isValid,
    readAgain,
    checkAgain,
    review,
    send,
    resolve,
    reset,
    forget,
    lostByLeaving,
    /** When the restored draft was last changed. */
    restoredAt,
    toEnterAgain,
    back: () => (step.value = 'form'),
  }
}

export type RecordEditor = ReturnType<typeof useRecordEditor>
