import { onScopeDispose, shallowRef, watch } from 'vue'
import type { IpRuleInput } from '@shared/domain/ip-rule'
import type { ServerId } from '@shared/domain/server'
import type { AppError } from '@shared/ipc/result'
import type { IpRuleCheck } from '@shared/ipc/values'
import { parseCidr } from '@shared/domain/cidr'
import { invoke } from '@/ipc/client'

const pause = 300

/** Asks main about the draft once typing rests: overlaps and harm. A late answer is dropped. */
export function useRuleCheck(serverId: ServerId, id: () => string | undefined, input: () => IpRuleInput) {
  const result = shallowRef<IpRuleCheck>()
  const error = shallowRef<AppError>()
  const checking = shallowRef(false)
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<IpRuleCheck | undefined> {
    clearTimeout(timer)
    const mine = ++latest
    const draft = input()
    checking.value = true
    const ruleId = id()
    const reply = await invoke('ipRules:check', { serverId, input: draft, ...(ruleId !== undefined && { id: ruleId }) })
    if (mine !== latest) return undefined
    checking.value = false
    result.value = reply.ok ? reply.value : undefined
    error.value = reply.ok ? undefined : reply.error
    return result.value
  }

  watch(
    () => JSON.stringify([input().cidr, input().target, input().expire_at]),
    () => {
      latest += 1
      clearTimeout(timer)
      result.value = undefined
      error.value = undefined
      checking.value = parseCidr(input().cidr).ok
      if (checking.value) timer = setTimeout(() => void run(), pause)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    latest += 1
    clearTimeout(timer)
  })

  return { result, error, checking, run }
}
