import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Settings, SettingsPatch } from '@shared/domain/settings'
import type { Result } from '@shared/ipc/result'
import { invoke, on } from '@/ipc/client'

/** Stands in until main has answered; a literal, so that the first chunk carries no schema. */
const untilLoaded: Settings = { version: 1, theme: 'system', tables: {}, collapsedFolders: [], sidebarWidth: 280 }

/** The settings, and whether the window is dark now: the OS's wish unless the person chose. */
export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>(untilLoaded)
  const wish = window.matchMedia('(prefers-color-scheme: dark)')
  const osDark = shallowRef(wish.matches)
  const dark = computed(() => (settings.value.theme === 'system' ? osDark.value : settings.value.theme === 'dark'))

  async function refresh(): Promise<void> {
    const reply = await invoke('settings:get', {})
    if (reply.ok) settings.value = reply.value
  }

  /** Applies at once, as waiting for the disk would make a theme or a column width lag; main's answer is what stays. */
  async function patch(change: SettingsPatch): Promise<Result<Settings>> {
    const before = settings.value
    settings.value = { ...before, ...change } as Settings
    const reply = await invoke('settings:patch', change)
    if (!reply.ok) settings.value = before
    return reply
  }

  wish.addEventListener('change', (event) => (osDark.value = event.matches))
  on('settings:changed', (next) => (settings.value = next))

  return { settings, dark, refresh, patch }
})
