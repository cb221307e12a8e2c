import { computed, shallowRef } from 'vue'
import type { JournalEntry } from '@shared/domain/journal-view'
import type { PbxRecord, RecordCheck, RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { WriteOutcome } from '@shared/domain/write'
import { reversalOf } from '@shared/journal/reversal-of'
import { fieldTitle } from '@shared/resources/field-title'
import { resourceOf } from '@shared/resources/registry'
import { useWrite } from '@/components/form/use-write'
import { invoke } from '@/ipc/client'

/** The revert of one change: its preview, its confirmation, and its outcome. */
export function useRevert(entry: JournalEntry, server: ServerRecord) {
  const { seq } = entry.intent
  const reversal = reversalOf(entry)
  const check = shallowRef<RecordCheck>()
  const checking = shallowRef(false)
  const secrets = shallowRef<RecordValues>({})
  const isDone = shallowRef(false)
  const outcome = shallowRef<WriteOutcome<PbxRecord>>()

  const write = reversal.possible === 'no' ? undefined : reversal.write
  /** Secrets that the journal does not have. */
  const secretFields = computed(() => {
    if (write?.kind !== 'create') return []
    const { fields } = resourceOf(write.resource)
    return fields
      .filter(({ key }) => write.missing.includes(key))
      .map((field) => ({ ...field, title: fieldTitle(fields, field).toLowerCase() }))
  })

  const { confirmation, sending, error, missing, send } = useWrite({
    server: () => server,
    words: () => ({
      action: `Revert ${entry.intent.write.identity}`,
      done: `${entry.intent.write.identity}: reverted`,
    }),
    guards: () => check.value?.guards ?? [],
    request: (confirmed) => invoke('journal:revert', { seq, secrets: secrets.value, confirmation: confirmed }),
    onDone(written) {
      isDone.value = true
      outcome.value = written ?? undefined
    },
    onError: ({ code }) => (code === 'guarded' ? runCheck() : undefined),
  })
  /** Why it cannot be sent; empty if it can. */
  const missingToSend = computed(() => {
    if (checking.value) return 'The effects are being checked'
    if (check.value === undefined) return 'Its effects are not known yet'
    const empty = secretFields.value.find(({ key }) => !secrets.value[key])
    return empty === undefined ? missing.value : `Enter ${empty.title} above first`
  })

  async function runCheck(): Promise<void> {
    checking.value = true
    const reply = await invoke('journal:checkRevert', { seq, secrets: secrets.value })
    checking.value = false
    if (reply.ok) check.value = reply.value
    error.value = reply.ok ? undefined : reply.error
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
    secretFields,
    missing: missingToSend,
    isDone,
    outcome,
    runCheck,
    send,
  }
}
