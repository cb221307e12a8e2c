import { expect, test } from 'vitest'
import { brand } from '@shared/resources/brand'
import { createSchema } from '@shared/resources/schema'
import { compare } from './compare'
import { Reference } from './reference'

const reference = Reference.load()

test.skipIf(reference === undefined)('the brand is described as the reference has it', () => {
  if (reference === undefined) return
  const except = { 'bottom_text.maxLength': 'the reference states it in words alone' }
  expect(compare(createSchema(brand), reference.body('POST /brand'), { defaults: true, except })).toEqual([])
})
