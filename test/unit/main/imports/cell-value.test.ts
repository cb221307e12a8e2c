import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { ipRule } from '@shared/resources/ip-rule'
import { tenant } from '@shared/resources/tenant'
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
    [whole, '25.0', 25],
    [whole, '1.234,00', 1234],
    [fraction, '1.50000000', 1.5],
    [{ ...fraction, min: -5 }, '-0,25000000', -0.25],
    [fraction, '1.5', 1.5],
    [fraction, '0.125', 0.125],
    [share, '0.8', 0.8],
    [size, '500MB', '500MB'],
    [size, '1.5GB', '1.5GB'],
    [whole, '1 000', 1000],
    [whole, '1\u00a0234\u202f567', 1234567],
    [whole, '1’000', 1000],
    [whole, '1,234,567', 1234567],
    [whole, '1.234.567', 1234567],
    [{ ...whole, min: -5 }, '\u22123', -3],
    [whole, '１２', 12],
    [whole, '١٢', 12],
    [fraction, '1,5', 1.5],
    [fraction, '0,125', 0.125],
    [fraction, '1.234,5', 1234.5],
    [fraction, '1,234.5', 1234.5],
    [size, '1,5 gb', '1.5GB'],
    [size, '1 024 MB', '1024MB'],
    [whole, '\u200e1000\u00a0', 1000],
    [{ kind: 'time', key: 't', label: 'Time' }, '2026-11-28\u202f08:00:00Z', '2026-11-28T08:00:00Z'],
  ] as const)('%o takes %s', (field, text, value) => {
    expect(cellValue(field, text)).toEqual({ value })
  })
  it.each([
    [whole, '1.000', /1\.000 can mean 1 or 1000/],
    [whole, '10.000', /can mean 10 or 10000/],
    [whole, '1,000', /1,000 can mean 1 or 1000/],
    [whole, '10 00', /A number is expected/],
    [whole, '1 000 00', /A number is expected/],
    [whole, '1,23,456', /A number is expected/],
    [whole, '1.234.567.8', /A number is expected/],
    [whole, '1.5', /A whole number is expected/],
    [whole, '1e3', /A number is expected/],
    [whole, '12345678901234567890', /too many digits/],
    [fraction, '1.234', /can mean 1\.234 or 1234/],
    [fraction, '1,234', /can mean 1\.234 or 1234/],
    [fraction, '1.5.', /A number is expected/],
    [share, '80%', /A number is expected/],
    [size, '1.000MB', /can mean 1 or 1000/],
    [size, '1,000 MB', /can mean 1 or 1000/],
    [size, '5 pages', /A number with KB, MB, GB or PB/],
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
    expect(cellValue(action, 'Drop')).toEqual({ problem: 'Expected one of DENY (Block), ACCEPT (Allow)' })
  })
})

describe('codes from lists', () => {
  const field = (key: string) => tenant.fields.find((each) => each.key === key) as FieldSpec

  it.each([
    ['timezone', 'Europe/Berlin', 'Europe/Berlin'],
    ['timezone', 'europe/berlin', 'Europe/Berlin'],
    ['timezone', 'Asia/Kolkata', 'Asia/Kolkata'],
    ['timezone', 'Asia/Calcutta', 'Asia/Calcutta'],
    ['currency', 'eur', 'EUR'],
    ['region', 'deu', 'DEU'],
    ['region', 'Germany (DEU)', 'DEU'],
    ['timezone', 'W. Europe Standard Time', 'Europe/Berlin'],
    ['timezone', 'SE  asia standard time ', 'Asia/Bangkok'],
    ['currency', 'Euro', 'EUR'],
    ['currency', 'polish zloty', 'PLN'],
    ['currency', '€', 'EUR'],
    ['region', 'DE', 'DEU'],
    ['region', 'Germany', 'DEU'],
    ['region', 'ÖSTERREICH', 'AUT'],
    ['region', 'Turkey', 'TUR'],
    ['region', 'UK', 'GBR'],
    // The PBX has its own names of countries.
    ['e164.country', 'Elbonia(999)', 'Elbonia(999)'],
  ])('%s takes %s', (key, text, value) => {
    expect(cellValue(field(key), text)).toEqual({ value })
  })

  it.each([
    ['timezone', 'Berlin', 'Expected an IANA time zone such as Europe/Berlin. Similar: Europe/Berlin'],
    ['timezone', 'Europe/Berln', 'Expected an IANA time zone such as Europe/Berlin. Similar: Europe/Berlin'],
    ['timezone', '+01:00', 'Expected an IANA time zone such as Europe/Berlin'],
    ['currency', 'Hungarian', 'Expected an ISO 4217 currency code such as EUR. Similar: HUF'],
    ['currency', '$', 'Expected an ISO 4217 currency code such as EUR'],
    ['region', 'Germny', 'Expected an ISO 3166-1 alpha-3 country code such as DEU. Similar: DEU'],
    ['region', 'Xyzzy', 'Expected an ISO 3166-1 alpha-3 country code such as DEU'],
  ])('%s refuses %s, and names what is similar', (key, text, problem) => {
    expect(cellValue(field(key), text)).toEqual({ problem })
  })
})

it('a switch names every word that it takes', () => {
  const enabled = tenant.fields.find(({ kind }) => kind === 'switch') as FieldSpec
  expect(cellValue(enabled, 'ja')).toEqual({ problem: 'Expected true, yes, 1, on or false, no, 0, off' })
})
