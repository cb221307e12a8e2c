import { computed, onScopeDispose, ref, watchEffect, type ComputedRef } from 'vue'
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

interface ChartColors {
  readonly bar: string
  readonly line: string
  readonly text: string
}

/** The colors of a chart. It is a canvas, in which a contrast theme of the system replaces no color. */
export function useChartColors(): ComputedRef<ChartColors> {
  const settings = useSettings()
  const contrast = window.matchMedia('(forced-colors: active)')
  const isForced = ref(contrast.matches)
  const onChange = (): void => void (isForced.value = contrast.matches)
  contrast.addEventListener('change', onChange)
  onScopeDispose(() => contrast.removeEventListener('change', onChange))
  return computed(() => {
    const { accent, border, muted } = tokens(settings.dark)
    return isForced.value
      ? { bar: 'Highlight', line: 'GrayText', text: 'CanvasText' }
      : { bar: accent, line: border, text: muted }
  })
}
