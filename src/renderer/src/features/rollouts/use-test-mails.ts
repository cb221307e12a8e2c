import { computed, onScopeDispose, shallowRef } from 'vue'
import type { TestMail } from '@shared/domain/test-mail'
import type { TestMails } from '@shared/domain/test-mails'
import type { Result } from '@shared/ipc/result'
import { useRequest } from '@/composables/request'
import { invoke, on } from '@/ipc/client'

/** The test emails of the servers that a rollout changed. */
export function useTestMails(rolloutId: string) {
  const mails = shallowRef<TestMails>()
  const { busy, error, request } = useRequest()

  async function accept(sent: Promise<Result<TestMails>>): Promise<void> {
    mails.value = (await request(sent)) ?? mails.value
  }

  onScopeDispose(
    on('mails:changed', (changed) => {
      if (changed.rolloutId === rolloutId) mails.value = changed
    }),
  )
  const load = () => accept(invoke('mails:get', { rolloutId }))
  void load()

  const rows = computed(() => mails.value?.rows ?? [])
  return {
    rows,
    isSending: computed(() => mails.value?.isSending === true),
    busy,
    error,
    load,
    send: (mail: TestMail, again: boolean) => accept(invoke('mails:send', { rolloutId, mail, again })),
    cancel: () => accept(invoke('mails:cancel', { rolloutId })),
  }
}

export type TestMailsRun = ReturnType<typeof useTestMails>
