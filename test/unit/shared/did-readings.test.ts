import { describe, expect, it } from 'vitest'
import { readPastedDids, withoutPrefixes } from '@shared/domain/did-paste'

interface Read {
  readonly text: string
  readonly offers: readonly string[]
}

const read = (pasted: string): readonly Read[] =>
  readPastedDids(pasted).entries.map(({ text, offers }) => ({ text, offers: offers.map((offer) => offer.text) }))
const row = (text: string, ...offers: readonly string[]): Read => ({ text, offers })
const pair = row('4930200 | 4930299', '4930200-4930299', '4930200;4930299')
const next = row('4930300 | 4930399', '4930300-4930399', '4930300;4930399')

describe('a line with the ends of a range in two columns', () => {
  it.each([
    ['4930200\t4930299\n4930300\t4930399', [pair, next]],
    ['From\tTo\r\n4930200\t4930299', [row('From'), row('To'), pair]],
    ['4930200\t4930299\tAcme', [pair, row('Acme')]],
    ['28.11.2026\t4930200\t4930299', [pair, row('28.11.2026')]],
    ['| 4930200 | 4930299 |', [pair]],
    ['"4930200"\t"4930299"', [pair]],
    ['4930200\u200b\t4930299', [pair]],
    // Of a list in which every line may be one, too.
    ['4930200,4930299\n4930300,4930399', [pair, next]],
    ['Start;End\n4930200;4930299\n4930300;4930399', [row('Start'), row('End'), pair, next]],
    ['4930200;4930299;Acme\n4930300;4930399;Acme', [pair, row('Acme'), next]],
    ['4930200  4930299\n4930300  4930399', [pair, next]],
    ['1\t4930200\t4930299', [row('1 | 4930200 | 4930299', '4930200-4930299', '1;4930200;4930299')]],
    ['4930200\t4930299\t100', [row('4930200 | 4930299 | 100', '4930200-4930299', '4930200;4930299;100')]],
    ['+49 30 200\t+49 30 299', [row('+49 30 200 | +49 30 299', '4930200-4930299', '4930200;4930299')]],
    ['4930123-00\t4930123-99', [row('4930123-00 | 4930123-99', '493012300-493012399', '493012300;493012399')]],
    ['4930123-0\t4930123-99', [row('4930123-0 | 4930123-99', '493012300-493012399', '49301230;493012310-493012399')]],
  ])('%j stays in one piece with its readings', (pasted, expected) => expect(read(pasted)).toEqual(expected))

  it.each([
    ['4930299\t4930200', ['4930299', '4930200']],
    ['4930200\t493029', ['4930200', '493029']],
    ['3000\t3001\t3002', ['3000', '3001', '3002']],
    ['3000-3010\t4000-4010', ['3000-3010', '4000-4010']],
    ['4930200;4930299', ['4930200', '4930299']],
    ['4930200,4930299\n4930300', ['4930200', '4930299', '4930300']],
  ])('%j is none', (pasted, expected) => expect(read(pasted).map(({ text }) => text)).toEqual(expected))
})

describe('extensions of different lengths', () => {
  const both = ['493012300-493012399', '49301230;493012310-493012399']
  it.each([
    ...['4930123-0 bis -99', '4930123-0 bis 99', '4930123-0 bis-99', '4930123-0 - 99', '4930123-0 – -99'],
    ...['4930123-0..-99', '+49 30 123-0 to 123-99', '0049 30 123-0 to +49 30 123-99', '+49 (0)30 123-0 bis -99'],
    ...['+49 30 123 - 0 bis 99', 'Desk: 4930123-0 bis -99'],
  ])('%j stays in one piece with its readings', (pasted) => expect(read(pasted)).toEqual([row(pasted, ...both)]))

  it.each(['4930123-0-99', '4930123-0 -99', '4930123-0–99', '4930123 0-99', '4930123-(0-99)', '4930123 (0-99)'])(
    '%j may be one number, too',
    (pasted) => expect(read(pasted)).toEqual([row(pasted, ...both, '4930123099')]),
  )

  it.each([
    ['4930123-1 bis -99', ['493012301-493012399', '493012310-493012399']],
    ['4930123-5 bis -20', ['493012305-493012320']],
    ['4930123-00 bis -9', ['493012300-493012309']],
    ['4930123-10–99', ['493012310-493012399', '49301231099']],
    ['49301230-493012399', ['493012300-493012399']],
    ['4930123-0 bis 4930199', []],
    ['4930123456789-0 bis -9999', []],
  ])('%j has offers', (pasted, offers) => expect(read(pasted)).toEqual([row(pasted, ...offers)]))

  it.each([
    ['4930123-00 bis -99', '493012300-493012399'],
    ['4930123-0 bis -9', '49301230-49301239'],
    ['+7 495 123-45-67', '+74951234567'],
  ])('%j is read', (pasted, expected) => expect(read(pasted).map(({ text }) => text)).toEqual([expected]))

  it.each([
    ['+49 30 1234-0 to 1234-99', '49 30 1234-0 to 1234-99'],
    ['0049 30 1234-0 to +49 30 1234-99', '49 30 1234-0 to 49 30 1234-99'],
    ['(030) 1234-0 bis -09', '(30) 1234-0 bis -09'],
    ['+49 30 200\t0049 30 299', '49 30 200 | 49 30 299'],
    ['+49 30 200\t+49 30 299', '49 30 200 | 49 30 299'],
    ['+4930100-99', '4930100-99'],
    ['4930123-0 bis -99', undefined],
    ['+49 30 1234;ext=5', undefined],
  ])('%j without its prefixes', (pasted, expected) =>
    expect(readPastedDids(pasted).entries.map(withoutPrefixes)[0]).toBe(expected),
  )
})
