import { watchEffect } from 'vue'
import { useSettings } from '@/stores/settings'
import { tokens } from '@/styles/tokens'

/** Publishes the colors of the current theme as `--fleet-*` on the root element. */
export function usePublishedTheme(): void {
  const settings = useSettings()
  watchEffect(() => {
    const root = document.documentElement
    for (const [name, value] of Object.entries(tokens(settings.dark))) root.style.setProperty(`--fleet-${name}`, value)
    root.style.colorScheme = settings.dark ? 'dark' : 'light'
    root.dataset['theme'] = settings.dark ? 'dark' : 'light'
  })
}
