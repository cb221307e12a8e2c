import { describe, expect, test } from 'vitest'
import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { comparables, differences, resourceAt } from './described'
import { describedVersions, referenceOf } from './reference'

describe.each(describedVersions)('of a PBX %s', (version) => {
  test.each(resourceIds.flatMap((id) => comparables(resourceAt(resourceOf(id), version))))(
    '$operation: our description says what the reference says',
    (comparable) => {
      expect(differences(comparable, referenceOf(version))).toEqual([])
    },
  )
})
