import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { defaultSettings } from '@shared/domain/default-settings'
import type { Settings, SettingsPatch } from '@shared/domain/settings'
import type { Result } from '@shared/ipc/result'
import { invoke, on } from '@/ipc/client'

/** The settings, and whether the window is dark: as the OS unless a theme is selected. */
export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>(defaultSettings)
  const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')
  const osDark = shallowRef(darkQuery.matches)
  const dark = computed(() => (settings.value.theme === 'system' ? osDark.value : settings.value.theme === 'dark'))

  async function refresh(): Promise<void> {
    const reply = await invoke('settings:get', {})
    if (reply.ok) settings.value = reply.value
  }

  /** Changes without a reply. What main publishes meanwhile is older than what is shown. */
  let pending = 0

  /** Applies immediately, because a theme or column width would lag behind the disk; main's last reply decides. */
  async function patch(change: SettingsPatch): Promise<Result<Settings>> {
    const before = settings.value
    settings.value = { ...before, ...change } as Settings
    pending += 1
    const reply = await invoke('settings:patch', change)
    pending -= 1
    if (!reply.ok) settings.value = before
    else if (pending === 0) settings.value = reply.value
    return reply
  }

  darkQuery.addEventListener('change', (event) => (osDark.value = event.matches))
  on('settings:changed', (next) => {
    if (pending === 0) settings.value = next
  })

  return { settings, dark, refresh, patch }
})
