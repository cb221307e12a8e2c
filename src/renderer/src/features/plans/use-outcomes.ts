import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import type { StepOutcome } from '@shared/domain/plan'
import type { Result } from '@shared/ipc/result'
import type { Row, RowSource } from '@/components/table/types'
import { countsOf } from './plan-text'

/** Interval for reading the rows again while requests are sent, in milliseconds. */
const rereadMs = 500

type Run = Parameters<typeof countsOf>[0] & { readonly state: string }

/** The results of a plan or rollout as a table, with a filter by outcome. */
export function useOutcomes<R extends Row>(
  run: ComputedRef<Run>,
  load: (query: PageQuery) => Promise<Result<Page<R>>>,
) {
  const outcome = shallowRef<StepOutcome>()
  const query = shallowRef<ListQuery>({})
  const revision = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  const counts = computed(() => countsOf(run.value))
  const source = computed<RowSource<R>>(() => ({ revision: revision.value, load }))

  watch(outcome, (value) => {
    query.value = value === undefined ? {} : { filter: [{ key: 'outcome', operator: 'eq', value }] }
  })
  // An outcome that no row has left has no button to clear the filter.
  watch(counts, (now) => now.some(({ key }) => key === outcome.value) || (outcome.value = undefined))
  watch(
    run,
    (now) => {
      const reread = (): void => {
        timer = undefined
        revision.value += 1
      }
      if (now.state !== 'applying') {
        clearTimeout(timer)
        reread()
      } else timer ??= setTimeout(reread, rereadMs)
    },
    { flush: 'post' },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { outcome, query, counts, source }
}
