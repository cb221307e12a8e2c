import { computed, shallowRef, watch } from 'vue'
import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import type { ServerId } from '@shared/domain/server'
import type { WriteOutcome } from '@shared/domain/write'
import type { AppError } from '@shared/ipc/result'
import { nothingConfirmed } from '@/components/form/confirm'
import { draftStore } from '@/components/form/draft-store'
import { changedFields } from '@shared/resources/compare'
import type { FormValues } from '@shared/resources/nested'
import { problemsOf } from '@shared/resources/problem'
import { invoke } from '@/ipc/client'
import { changesOf, inputFrom, inputOf, ruleFormFields } from './rule-view'
import { useRuleCheck } from './use-rule-check'

/** What the editor opens with: a rule (`id`) to change, or values for a new one. `values` differ from `before` in a draft that came back. */
export interface EditorStart {
  readonly id?: string
  readonly before: IpRuleInput
  readonly values: FormValues
}

export type EditorStep = 'form' | 'review' | 'conflict' | 'done'

/** One rule being made or changed: draft, live check, review, the write, and what came of it. */
export function useRuleEditor(serverId: ServerId, start: EditorStart) {
  const draftKey = ruleDraftKey(serverId)
  const before = shallowRef(start.before)
  const values = shallowRef<FormValues>(start.values)
  const step = shallowRef<EditorStep>('form')
  const showAll = shallowRef(false)
  const sending = shallowRef(false)
  const error = shallowRef<AppError>()
  const outcome = shallowRef<WriteOutcome<IpRule>>()
  const theirs = shallowRef<IpRuleInput>()
  const confirmation = shallowRef(nothingConfirmed)

  const input = computed(() => inputFrom(values.value))
  const isNew = start.id === undefined
  const dirty = computed(() => changedFields(ruleFormFields, { ...before.value }, values.value).length > 0)
  const check = useRuleCheck(
    serverId,
    () => start.id,
    () => input.value,
  )

  watch([values, before], () => {
    if (step.value === 'done') return
    const kept = { values: values.value, initial: { ...before.value } }
    if (dirty.value) draftStore.keep(draftKey, start.id === undefined ? kept : { ...kept, id: start.id })
    else draftStore.drop(draftKey)
  })

  const forget = () => draftStore.drop(draftKey)

  async function review(): Promise<void> {
    showAll.value = true
    if (problemsOf(ruleFormFields, values.value).size > 0 || (!isNew && !dirty.value)) return
    error.value = undefined
    confirmation.value = nothingConfirmed
    step.value = 'review'
    if (check.result.value === undefined) await check.run()
  }

  const write = () =>
    start.id === undefined
      ? invoke('ipRules:create', { serverId, input: input.value, confirmation: confirmation.value })
      : invoke('ipRules:update', {
          serverId,
          id: start.id,
          before: before.value,
          changes: changesOf(before.value, input.value),
          confirmation: confirmation.value,
        })

  async function send(): Promise<void> {
    if (sending.value) return
    sending.value = true
    error.value = undefined
    const reply = await write()
    sending.value = false
    if (reply.ok) {
      outcome.value = reply.value
      step.value = 'done'
      forget()
      return
    }
    error.value = reply.error
    if (reply.error.code === 'conflict') await showConflict()
    else if (reply.error.code === 'guarded') await check.run()
    else if ((reply.error.fields?.length ?? 0) > 0) step.value = 'form'
  }

  async function showConflict(): Promise<void> {
    if (start.id === undefined) return
    const reply = await invoke('ipRules:get', { serverId, id: start.id })
    if (!reply.ok) return void (error.value = reply.error)
    theirs.value = inputOf(reply.value)
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

  const back = () => (step.value = 'form')

  return {
    isNew,
    before,
    values,
    step,
    showAll,
    sending,
    error,
    outcome,
    theirs,
    confirmation,
    input,
    dirty,
    check,
    review,
    send,
    resolve,
    back,
    forget,
  }
}

export const ruleDraftKey = (serverId: ServerId): string => `${serverId}/ip-rules`
