import { expect, it } from 'vitest'
import { ipRule } from '@shared/resources/ip-rule'
import { comparable } from '@shared/resources/compare'
import { problemOf } from '@shared/resources/problem'
import { valueText } from '@shared/resources/value-text'

const expires = ipRule.fields.find(({ kind }) => kind === 'time')
if (expires === undefined) throw new Error('Rules have no time')

it.each(['05.01.27', '03/04/2027', 'next May', '2027', '2027-02-30T10:00:00Z', 'May 1, 2027', '1795478400'])(
  'the text %s is no time of the API: it is shown as it is, compared as it is, and refused',
  (text) => {
    expect([valueText(expires, text), comparable(expires, text)]).toEqual([text, text])
    expect(problemOf(expires, text)).toBe('A date and a time are expected')
  },
)

it.each(['2027-01-31T18:00:00Z', '2027-01-31T19:00:00.500+01:00', '2027-01-31 18:00:00Z', '2027-01-31T19:00:00+0100'])(
  'the time %s is read',
  (text) => {
    expect(valueText(expires, text)).not.toBe(text)
    expect(comparable(expires, text)).toBe(comparable(expires, '2027-01-31T18:00:00Z'))
    expect(problemOf(expires, text)).toBeUndefined()
  },
)
