import { computed, shallowRef } from 'vue'
import type { JournalEntry } from '@shared/domain/journal-view'
import type { PbxRecord, RecordCheck, RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import type { AppError } from '@shared/ipc/result'
import { reversalOf } from '@shared/journal/reversal-of'
import { resourceOf } from '@shared/resources/registry'
import { nothingConfirmed } from '@/components/form/confirm'
import { invoke } from '@/ipc/client'

/** The inverse of one change: what it would do, its confirmation, and what became of it. */
export function useRevert(entry: JournalEntry) {
  const { seq } = entry.intent
  const reversal = reversalOf(entry)
  const check = shallowRef<RecordCheck>()
  const checking = shallowRef(false)
  const sending = shallowRef(false)
  const error = shallowRef<AppError>()
  const confirmation = shallowRef(nothingConfirmed)
  const secrets = shallowRef<RecordValues>({})
  const done = shallowRef(false)
  const outcome = shallowRef<WriteOutcome<PbxRecord>>()

  const write = reversal.possible === 'no' ? undefined : reversal.write
  /** Secrets that only the person can give. */
  const asked = computed(() => {
    if (write?.kind !== 'create') return []
    return resourceOf(write.resource).fields.filter(({ key }) => write.missing.includes(key))
  })
  const isComplete = computed(() => asked.value.every(({ key }) => Boolean(secrets.value[key])))

  async function look(): Promise<void> {
    checking.value = true
    const reply = await invoke('journal:checkRevert', { seq, secrets: secrets.value })
    checking.value = false
    if (reply.ok) check.value = reply.value
    error.value = reply.ok ? undefined : reply.error
  }

  async function send(): Promise<void> {
    sending.value = true
    error.value = undefined
    const reply = await invoke('journal:revert', { seq, secrets: secrets.value, confirmation: confirmation.value })
    sending.value = false
    if (reply.ok) {
      done.value = true
      outcome.value = reply.value ?? undefined
    } else {
      error.value = reply.error
      if (reply.error.code === 'guarded') await look()
    }
  }

  return {
    reversal,
    write,
    check,
    checking,
    sending,
    error,
    confirmation,
    secrets,
    asked,
    isComplete,
    done,
    outcome,
    look,
    send,
  }
}

export type Revert = ReturnType<typeof useRevert>
