import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { ipRule } from '@shared/resources/ip-rule'
import { cellValue } from '@main/services/imports/cell-value'

const whole: FieldSpec = { kind: 'number', key: 'n', label: 'Number', min: 0 }
const fraction: FieldSpec = { ...whole, fraction: true }
const share: FieldSpec = { kind: 'share', key: 's', label: 'Share' }
const size: FieldSpec = { kind: 'size', key: 'z', label: 'Size' }

describe('numbers in a file, whose language nobody knows', () => {
  it.each([
    [whole, '1000', 1000],
    [whole, '007', 7],
    [whole, '+5', 5],
    [fraction, '1.5', 1.5],
    [fraction, '0.125', 0.125],
    [share, '0.8', 0.8],
    [size, '500MB', '500MB'],
    [size, '1.5GB', '1.5GB'],
  ] as const)('%o takes %s', (field, text, value) => {
    expect(cellValue(field, text)).toEqual({ value })
  })
  it.each([
    [whole, '1.000', /1\.000 can mean 1 or 1000/],
    [whole, '10.000', /can mean 10 or 10000/],
    [whole, '1,000', /A number is expected/],
    [whole, '1 000', /A number is expected/],
    [whole, '1.5', /A whole number is expected/],
    [whole, '1e3', /A number is expected/],
    [whole, '12345678901234567890', /too many digits/],
    [fraction, '1.234', /can mean 1\.234 or 1234/],
    [fraction, '1,5', /A number is expected/],
    [share, '80%', /A number is expected/],
    [size, '1.000MB', /can mean 1 or 1000/],
    [size, '1,5GB', /A number is expected/],
  ] as const)('%o refuses %s', (field, text, problem) => {
    expect(cellValue(field, text)).toEqual({ problem: expect.stringMatching(problem) as string })
  })
})

describe('the action of an IP rule', () => {
  const action = ipRule.fields.find(({ key }) => key === 'target') as FieldSpec

  it.each([
    ...['DENY', 'deny', 'Deny', 'Block', 'BLOCK', ' block '].map((text) => [text, 'DENY'] as const),
    ...['ACCEPT', 'accept', 'Accept', 'Allow', 'ALLOW', ' allow '].map((text) => [text, 'ACCEPT'] as const),
  ])('%j is %s: the value of the API, its label, and the words of older versions', (text, value) => {
    expect(cellValue(action, text)).toEqual({ value })
  })

  it('is nothing else', () => {
    expect(cellValue(action, 'Drop')).toEqual({ problem: 'Expected one of DENY, ACCEPT' })
  })
})
