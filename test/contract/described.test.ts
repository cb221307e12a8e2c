import { expect, test } from 'vitest'
import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { asInReference, comparables, differences } from './described'
import { Reference } from './reference'

const reference = Reference.load()

test.skipIf(reference === undefined).each(resourceIds.flatMap((id) => comparables(asInReference(resourceOf(id)))))(
  '$operation: our description says what the reference says',
  (comparable) => {
    if (reference === undefined) return
    expect(differences(comparable, reference)).toEqual([])
  },
)
