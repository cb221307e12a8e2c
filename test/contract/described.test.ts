import { expect, test } from 'vitest'
import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { asInReference, comparables, differences } from './described'
import { reference } from './reference'

test.each(resourceIds.flatMap((id) => comparables(asInReference(resourceOf(id)))))(
  '$operation: our description says what the reference says',
  (comparable) => {
    expect(differences(comparable, reference)).toEqual([])
  },
)
