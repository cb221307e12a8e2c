import { expect, it } from 'vitest'
import { differingPart } from '@shared/journal/differing-part'

const both = (before: string, after: string) => [differingPart(before, after), differingPart(after, before)]

it('a long beginning that two values have in common makes room for their difference', () => {
  expect(both('Description: Office in Berlin, line 1', 'Description: Office in Berlin, line 2')).toEqual([
    'Description: …1',
    'Description: …2',
  ])
})
it('the label of the first value that differs is kept', () => {
  expect(both('Region: Germany, Website: https://a.example', 'Region: Germany, Website: https://b.example')).toEqual([
    'Website: https://a.example',
    'Website: https://b.example',
  ])
})
it('short beginnings, equal texts and texts without a counterpart are shown in full', () => {
  expect(both('Enabled: Yes', 'Enabled: No')).toEqual(['Enabled: Yes', 'Enabled: No'])
  expect(both('Description: Office in Berlin', '')).toEqual(['Description: Office in Berlin', ''])
  expect(both('Description: Same text', 'Description: Same text')[0]).toBe('Description: Same text')
})
