import type { JournaledId } from '@shared/resources/ids'
import { countText } from '@shared/format/count-text'
import { resourceOf } from '@shared/resources/registry'
import { manyOf } from '@shared/resources/resource'

interface Nouns {
  readonly singular: string
  readonly plural: string
  /** `2 rules`; of a resource that a server has once, its name. */
  readonly count: (records: number) => string
}

/** The words for records of these resources; there is one, unless what is reverted had several. */
export function nounsOf(resources: readonly JournaledId[]): Nouns {
  const [id] = resources
  const resource = id === undefined || resources.length > 1 ? undefined : resourceOf(id)
  const [singular, plural] =
    resource?.kind === 'list'
      ? [resource.singular, manyOf(resource)]
      : resource === undefined
        ? ['record', 'records']
        : [resource.singular, resource.singular]
  const count = (records: number): string =>
    resource?.kind === 'single' ? singular : countText(records, singular, plural)
  return { singular, plural, count }
}
