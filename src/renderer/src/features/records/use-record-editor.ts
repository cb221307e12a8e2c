import { computed, shallowRef, watch } from 'vue'
import type { PbxRecord, RecordValues, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { WriteOutcome } from '@shared/domain/write'
import type { AppError } from '@shared/ipc/result'
import { changesInUse, comparable } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import type { ResourceId } from '@shared/resources/ids'
import { toForm, type FormValues } from '@shared/resources/nested'
import { normalValues } from '@shared/resources/normal'
import { problemsOf } from '@shared/resources/problem'
import { nothingConfirmed, toConfirmAgain } from '@/components/form/confirm'
import { draftStore } from '@/components/form/draft-store'
import { describedPlace, type RecordPlace } from './record-place'
import { useRecordCheck, type CheckState } from './use-record-check'
import { changesOf, formFields, startValues, withoutSecrets } from './record-form'

export interface EditorStart {
  readonly serverId: ServerId
  readonly resource: ResourceId | RecordPlace
  /** The server's version, for the fields of something new. */
  readonly version: string | undefined
  /** One of many that is edited. Absent for a single resource and for something new. */
  readonly id?: string
  /** What stands on the server; absent for something new. */
  readonly view?: RecordView
  /** What the form begins with, where it is not what the server holds: a copy, a template, a draft that came back. */
  readonly values?: FormValues
}

export type EditorStep = 'form' | 'review' | 'conflict' | 'done'

/** One record being made or changed: draft, review with what the write would do, the write, and what came of it. */
export function useRecordEditor(start: EditorStart, adapt: (field: FieldSpec) => FieldSpec = (field) => field) {
  const place =
    typeof start.resource === 'string' ? describedPlace(start.serverId, start.resource, start.id) : start.resource
  const { resource, draftKey } = place
  const isNew = start.view === undefined
  const view = shallowRef(start.view)
  const fields = computed(() => formFields(resource, start.version, view.value).map(adapt))
  const before = shallowRef<FormValues>(startValues(fields.value, start.view))
  const values = shallowRef<FormValues>({ ...before.value, ...start.values })
  const step = shallowRef<EditorStep>('form')
  const showAll = shallowRef(false)
  const sending = shallowRef(false)
  const error = shallowRef<AppError>()
  const outcome = shallowRef<WriteOutcome<PbxRecord>>()
  const theirs = shallowRef<FormValues>()
  const confirmation = shallowRef(nothingConfirmed)

  const dirty = computed(() => changesInUse(fields.value, before.value, values.value).length > 0)
  const changes = computed(() => changesOf(fields.value, before.value, values.value))
  const checked = useRecordCheck(() => place.check(isNew ? (values.value as RecordValues) : changes.value))

  const live = (resource.kind === 'list' ? resource.checkedLive : undefined) ?? []
  const watched = computed(() => fields.value.filter(({ key }) => live.includes(key)))
  if (live.length > 0)
    watch(
      () => watched.value.map((field) => comparable(field, values.value[field.key])).join('\n'),
      () => {
        // The review asks by itself.
        if (step.value !== 'form') return
        if (problemsOf(watched.value, values.value).size > 0) checked.clear()
        else checked.later()
      },
      { immediate: true },
    )

  watch([values, before], () => {
    if (step.value === 'done') return
    const keep = (kept: FormValues) => withoutSecrets(fields.value, kept)
    if (!dirty.value) draftStore.drop(draftKey)
    else
      draftStore.keep(draftKey, {
        values: keep(values.value),
        initial: keep(before.value),
        ...(start.id !== undefined && { id: start.id }),
      })
  })
  const forget = () => draftStore.drop(draftKey)

  /** Asks main what would come of it. */
  async function look(): Promise<void> {
    const reply = await checked.run()
    if (reply === undefined) return
    const problems = reply.ok ? (reply.value.problems ?? []) : []
    if (!reply.ok) error.value = reply.error
    else if (problems.length > 0) {
      error.value = { code: 'rejected', message: `The ${resource.singular} cannot be sent as it is`, fields: problems }
      step.value = 'form'
    }
  }

  function lookAgain(): Promise<void> {
    error.value = undefined
    return look()
  }

  async function review(): Promise<void> {
    showAll.value = true
    // What stands on the server already is its own affair, except for what every change has to carry.
    const changed = changesInUse(fields.value, before.value, values.value)
    const sent = isNew ? fields.value : fields.value.filter((field) => field.required || changed.includes(field))
    if (problemsOf(sent, values.value).size > 0 || (!isNew && !dirty.value)) return
    error.value = undefined
    // What is shown in the review is what is sent.
    values.value = normalValues(fields.value, values.value)
    checked.clear()
    confirmation.value = toConfirmAgain(confirmation.value)
    step.value = 'review'
    await look()
  }

  const write = () =>
    isNew
      ? place.create(values.value as RecordValues, confirmation.value)
      : place.update(before.value as RecordValues, changes.value, confirmation.value)

  async function send(): Promise<void> {
    if (sending.value) return
    sending.value = true
    error.value = undefined
    const reply = await write()
    sending.value = false
    if (reply.ok) {
      outcome.value = reply.value
      step.value = 'done'
      return forget()
    }
    error.value = reply.error
    if (reply.error.code === 'conflict' && !isNew) await showConflict()
    else if (reply.error.code === 'guarded') await look()
    else if ((reply.error.fields?.length ?? 0) > 0) step.value = 'form'
  }

  async function showConflict(): Promise<void> {
    const reply = await place.get()
    if (!reply.ok) return void (error.value = reply.error)
    view.value = reply.value
    theirs.value = toForm(fields.value, reply.value.values)
    step.value = 'conflict'
  }

  /** Goes on from what stands on the server now, with the values that the person chose. */
  function resolve(chosen: FormValues): void {
    if (theirs.value === undefined) return
    before.value = theirs.value
    values.value = { ...chosen }
    error.value = undefined
    step.value = 'form'
    if (dirty.value) void review()
  }

  function reset(): void {
    values.value = before.value
    error.value = undefined
    showAll.value = false
  }

  return {
    resource,
    isNew,
    view,
    fields,
    before,
    values,
    step,
    showAll,
    sending,
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
    dirty,
    lookAgain,
    review,
    send,
    resolve,
    reset,
    forget,
    back: () => (step.value = 'form'),
  }
}

export type RecordEditor = ReturnType<typeof useRecordEditor>
