import { expect, test } from 'vitest'
import { brand } from '@shared/resources/brand'
import { createSchema } from '@shared/resources/schema'
import { compare } from './compare'
import { reference } from './reference'

test('the brand is described as the reference has it', () => {
  const except = { 'bottom_text.maxLength': 'the reference states it in words alone' }
  expect(compare(createSchema(brand), reference.body('POST /brand'), { defaults: true, except })).toEqual([])
})
