import { computed, shallowRef, watch } from 'vue'
import type { BoardRow } from '@shared/fleet/board-row'
import { firstRaised } from '@shared/fleet/new-alerts'

/** Whether the line of new alerts is shown. It covers rows at the lower edge, so it waits until nobody uses them. */
export function useNewAlerts(rows: () => readonly BoardRow[], isUsed: () => boolean) {
  const openedAt = new Date().toISOString()
  const newSince = computed(() => firstRaised(rows()))
  const areShown = shallowRef(false)
  watch(
    [newSince, isUsed],
    ([since, used]) => {
      // What was raised before belongs to what is loaded.
      if (since === undefined || since < openedAt || !used) areShown.value = since !== undefined
    },
    { immediate: true },
  )
  return { areShown }
}
