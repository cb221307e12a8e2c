import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { FilterTerm } from '@shared/domain/page'
import { mergedFilter, type MergedFilter } from '@shared/fleet/merged-filter'
import type { MergedId } from '@shared/fleet/merged-ids'
import { filterTerms, type RuleFilters } from '@/features/ip-rules/rule-filters'

export interface ReadFilter {
  readonly parsed: Readonly<ShallowRef<MergedFilter>>
  /** Of the text and of the page's own controls. */
  readonly terms: Readonly<ShallowRef<readonly FilterTerm[]>>
}

/** The filter of a table. Its times count from when it was typed, so that the rows stay the same while they are read. */
export function useMergedFilter(resource: MergedId, text: Ref<string>, ruleFilters: Ref<RuleFilters>): ReadFilter {
  const parsed = shallowRef(mergedFilter('', resource, 0))
  const terms = shallowRef<readonly FilterTerm[]>([])
  function parse(): void {
    const now = Date.now()
    parsed.value = mergedFilter(text.value, resource, now)
    terms.value = [...parsed.value.terms, ...filterTerms(ruleFilters.value, now)]
  }
  parse()
  watch([text, ruleFilters], parse)
  return { parsed, terms }
}
