import { watch } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

/**
 * Handles the query with which a link, the palette or the menu opens this page. The query is removed first, so that the same link
 * works again.
 */
export function useLinkQuery(onQuery: (query: LocationQuery) => unknown): void {
  const [route, router] = [useRoute(), useRouter()]
  const { path } = route
  watch(
    () => route.query,
    async (query) => {
      // The next page's query arrives here before this page is gone.
      if (route.path !== path || Object.keys(query).length === 0) return
      await router.replace(path)
      await onQuery(query)
    },
    { immediate: true },
  )
}
