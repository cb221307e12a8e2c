import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { keyEnd, licenseKeySchema, type Activation, type LicenseView } from '@shared/domain/license'
import type { ServerRecord } from '@shared/domain/server'
import { useWrite } from '@/components/form/use-write'
import { invoke } from '@/ipc/client'

type Step = 'form' | 'waiting' | 'reading' | 'done'

/** Activates a license key: sends it, waits while the PBX applies it, and compares the result. The key is discarded after sending. */
export function useActivation(server: () => ServerRecord) {
  const { id: serverId } = server()
  const step = ref<Step>('form')
  const key = ref('')
  const touched = ref(false)
  /** The refused key: its error is shown until another one is typed. */
  const refused = ref('')
  const sent = shallowRef<Activation>()
  const after = shallowRef<LicenseView>()
  const secondsLeft = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  const problem = computed(() => {
    const parsed = licenseKeySchema.safeParse(key.value)
    return parsed.success ? '' : (parsed.error.issues[0]?.message ?? '')
  })
  const isActive = computed(() => sent.value !== undefined && after.value?.keyEnd === sent.value.keyEnd)
  const stop = () => clearInterval(timer)

  const { confirmation, sending, error, missing, canSend, send } = useWrite({
    server,
    words: () => ({ action: 'Activate the license key', done: 'License key sent' }),
    request: (confirmed) => invoke('license:activate', { serverId, key: key.value.trim(), confirmation: confirmed }),
    onDone(activation) {
      key.value = ''
      sent.value = activation
      wait(activation.waitSeconds)
    },
    onError: () => (refused.value = key.value),
    warning: ({ answered }) => (answered ? undefined : 'No response, so the result is unknown.'),
  })

  async function submit(): Promise<void> {
    touched.value = true
    if (problem.value === '' && canSend.value) await send()
  }

  function wait(seconds: number): void {
    const until = Date.now() + seconds * 1000
    secondsLeft.value = seconds
    step.value = 'waiting'
    stop()
    timer = setInterval(() => {
      secondsLeft.value = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      if (secondsLeft.value === 0) void read()
    }, 250)
  }

  async function read(): Promise<void> {
    stop()
    step.value = 'reading'
    const reply = await invoke('license:get', { serverId })
    error.value = reply.ok ? undefined : reply.error
    if (reply.ok) after.value = reply.value
    step.value = 'done'
  }

  onScopeDispose(stop)
  return {
    step,
    key,
    problem: computed(() => {
      if (problem.value !== '') return touched.value ? problem.value : ''
      return key.value === refused.value ? (error.value?.fields?.[0]?.message ?? '') : ''
    }),
    /** Why it cannot be sent; empty if it can. */
    missing: computed(() => (problem.value === '' ? missing.value : 'Enter a valid license key above first')),
    end: computed(() => keyEnd(key.value.trim())),
    confirmation,
    sending,
    error,
    sent,
    after,
    secondsLeft,
    isActive,
    submit,
    read,
  }
}
