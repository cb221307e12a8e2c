import { shallowReactive, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ServerId } from '@shared/domain/server'
import type { FleetActivity } from '@shared/fleet/activity'
import type { StoredFacts } from '@shared/fleet/facts'
import type { NewAlert } from '@shared/fleet/raised-file'
import { invoke, on } from '@/ipc/client'

/** What is known about the servers, and what runs over many of them. Main owns both and pushes changes. */
export const useFleet = defineStore('fleet', () => {
  const facts = shallowReactive(new Map<ServerId, StoredFacts>())
  const activity = shallowRef<FleetActivity>({})
  /** Alerts that were raised and not seen yet. */
  const newAlerts = shallowRef<readonly NewAlert[]>([])

  const store = (changed: readonly StoredFacts[]): void => {
    for (const known of changed) facts.set(known.serverId, known)
  }

  async function refresh(): Promise<void> {
    const reply = await invoke('fleet:get', {})
    if (!reply.ok) return
    store(reply.value.facts.filter(({ serverId }) => !facts.has(serverId)))
    activity.value = reply.value.activity
    newAlerts.value = reply.value.newAlerts
  }

  const startOn = async (channel: 'fleet:signIn' | 'fleet:refresh', serverIds: readonly ServerId[]) =>
    serverIds.length === 0 ? ({ ok: true, value: null } as const) : invoke(channel, { serverIds: [...serverIds] })

  on('fleet:facts', store)
  on('fleet:activity', (next) => (activity.value = next))
  on('fleet:alerts', (next) => (newAlerts.value = next))

  return {
    facts,
    activity,
    newAlerts,
    refresh,
    signIn: (serverIds: readonly ServerId[]) => startOn('fleet:signIn', serverIds),
    read: (serverIds: readonly ServerId[]) => startOn('fleet:refresh', serverIds),
    cancel: () => invoke('fleet:cancel', {}),
    markSeen: () => invoke('fleet:markSeen', { alerts: [...newAlerts.value] }),
  }
})
