import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didEntries, didProblem } from '@shared/domain/did'
import { readPastedDids, withoutPrefixes } from '@shared/domain/did-paste'

const texts = (pasted: string): readonly string[] => readPastedDids(pasted).entries.map(({ text }) => text)
const offers = (pasted: string): readonly string[] =>
  readPastedDids(pasted).entries.flatMap((entry) => entry.offers.map(({ text }) => text))

describe('pasted text', () => {
  it.each([
    ['3000;12000-18000', ['3000', '12000-18000']],
    ['3000\n3001\r\n3002', ['3000', '3001', '3002']],
    ['3000, 3001\t3002|3003', ['3000', '3001', '3002', '3003']],
    ['3000 3001 4000-4999', ['3000', '3001', '4000-4999']],
    ['4930901820 4930901821', ['4930901820', '4930901821']],
    ['3000000 3000001', ['3000000', '3000001']],
    ['49 30 901820', ['4930901820']],
    ['212 555 1234', ['2125551234']],
    ['+4930 1234 5678', ['+493012345678']],
    ['+4930 1000 - +4930 1099', ['+49301000-+49301099']],
    [
      '49301000 - 49301099 49302000 - 49302099',
      ['49301000 - 49301099', '49302000 - 49302099'].map((each) => each.replaceAll(' ', '')),
    ],
    ['4930 1000 - 4930 1099', ['49301000-49301099']],
    ['4930 901800 to 4930 901899', ['4930901800-4930901899']],
    ['+49 30 901820', ['+4930901820']],
    ['+49 30 901820 +49 30 901821', ['+4930901820', '+4930901821']],
    ['+49 (0)30 / 90-18-20', ['+4930901820']],
    ['030/901820', ['030901820']],
    ['(212) 555-1234', ['212555-1234']],
    ['555-123-4567', ['5551234567']],
    ['4930901800 to 4930901899', ['4930901800-4930901899']],
    ['4930901800 bis 4930901899', ['4930901800-4930901899']],
    ['4930901800 – 4930901899', ['4930901800-4930901899']],
    ['4930901800…4930901899', ['4930901800-4930901899']],
    ['4930901800 to 99', ['4930901800-4930901899']],
    ['+49 30 123-00 to 123-99', ['+493012300-+493012399']],
    ['"4930901820"', ['4930901820']],
    ['3000;3000', ['3000']],
    ['call me', ['call me']],
    ['2. +49 30 901820', ['2.', '+4930901820']],
    ['\u202a4930901820\u202c', ['4930901820']],
    ['49.30.901820', ['4930901820']],
    ['030.901820', ['030901820']],
    ['212.555.1234', ['2125551234']],
    ['3000,3001,3002', ['3000', '3001', '3002']],
    ['12-34-5678-90', ['1234567890']],
    // What follows the digits may be a part of the number.
    ['0800-foo', ['0800-foo']],
    ['3000abc', ['3000abc']],
    ['3000 (reception)', ['3000']],
    ['Tel. 030 901820', ['030901820']],
    // What is not surely a number stays whole.
    ['4930123456 (Desk 2)', ['4930123456 (Desk 2)']],
    ['4,93012E+11', ['4,93012E+11']],
    ['4.93012e11;3000', ['4.93012e11', '3000']],
    ['tel:+49-30-123456;ext=12, 3000', ['tel:+49-30-123456 ext=12', '3000']],
    ['49301234567;ext=12', ['49301234567 ext=12']],
    ['+49 30 1234;ext=5', ['+49 30 1234 ext=5']],
    ['4444, 030 1234;ext=5;ext=6', ['4444', '030 1234 ext=5 ext=6']],
    ['+49 30 1233 +49 30 1234;ext=5', ['+49301233', '+49 30 1234 ext=5']],
    ['49301234567;ext=12;3000', ['49301234567 ext=12', '3000']],
    ['tel:7042;phone-context=example.com', ['tel:7042 phone-context=example.com']],
    ['tel:+49301234567;tel:+49301234568', ['+49301234567', '+49301234568']],
    ['TEL:+49-30-123456', ['+4930123456']],
    ['Bob: +49 30 901820', ['Bob:', '+4930901820']],
    ['100 200 to 300', ['100 200 to 300']],
    ['(030) 901820', ['030901820']],
    ['  ;;\n', []],
  ])('%j is read', (pasted, expected) => expect(texts(pasted)).toEqual(expected))

  it.each([
    '3000/3010',
    '3000 / 3010',
    '49301/234567',
    '100 200 300 400',
    '100 200 3000 4000',
    '3000 3001',
    '3000 30010',
    '4930 901820',
    '4930 1000 4930 1001',
    '100 - 200 300',
    '100000 - 200 300',
    '100 200 - 300',
    '100 200',
    '100.200.300',
    '100-200-300-400',
    'Desks: 100 200 300',
    '4930123456789 493',
    '12 34 56 78',
    '493012345６',
    '4930123456²',
    '4930123456#12',
    '4930123456*',
    '4930123456 & 57',
    '4930123456 / 57',
    '4930123456 = Bob',
    '4930123456 (2)',
    '(2) 4930123456',
    '+4930123456+4930123457',
    '192.0.2.1',
    'a@5551234.de',
    'a²4930123456 - 4930123457²',
    '1. 4930123456',
    '12) 4930123456',
    '1. 4930123456 - 4930123457',
    '3.5',
    '3,5',
    '12.50',
    '1.000',
    '12,500',
    '2026-11-28',
    '28.11.2026',
    '28.11.26',
    '11/28/2026',
    '28.11.2026 - 30.11.2026',
    '08:30',
    '\u0664\u0669\u0663\u0660',
  ])('%j is not surely a number and stays whole', (pasted) => expect(texts(pasted)).toEqual([pasted]))

  it('reports what it changed, and nothing if it changed nothing', () => {
    expect(readPastedDids('3000;12000 - 18000').changes).toEqual([])
    expect(readPastedDids('49 30 901820;3000\n3000').changes).toEqual([
      { entry: '4930901820', text: '“49 30 901820” was read as 4930901820' },
      { entry: '3000', text: '3000 was listed twice' },
    ])
    expect(readPastedDids('3000\n3000\n3000').changes).toEqual([{ entry: '3000', text: '3000 was listed 3 times' }])
  })

  it.each([
    ['+4930901820', ['4930901820']],
    ['004930901820-004930901829', ['4930901820-4930901829']],
    ['030901820', ['30901820']],
    ['+49 30 123-00 to 123-99', ['493012300-493012399']],
    ['49 30 123-0 to 123-99', ['493012300-493012399', '49301230;493012310-493012399']],
    ['2000-1000', ['1000-2000']],
    ['4930901800-99', ['4930901800-4930901899', '493090180099']],
    ['3000', []],
    ['3000/3010', ['3000-3010', '30003010', '3000;3010']],
    ['100 200 300 400', ['100200300400', '100;200;300;400']],
    ['49 30 901820 49 30 901821', ['4930901820-4930901821', '4930901820;4930901821', '49;30;901820;49;30;901821']],
    ['4930 1000 4930 1001', ['49301000-49301001', '49301000;49301001', '4930;1000;4930;1001']],
    ['1000 - 1009 2000 - 2009', []],
    ['4930 901820', ['4930901820', '4930;901820']],
    ['100 200 3000 4000', ['10020030004000', '100;200;3000;4000']],
    ['100 - 200 300', ['100-200;300']],
    ['100000 - 200 300', ['100000-200300']],
    ['100 200 - 300', ['100;200-300']],
    ['4930 1000 - 4930 1099', []],
    ['+49 30 1234;ext=5', []],
  ])('%j has offers', (pasted, expected) => expect(offers(pasted)).toEqual(expected))

  it('keeps what it marks in one piece when it is read again', () => {
    for (const pasted of ['49301234567;ext=12', '3000/3010', '100 200 300 400', '12-04-56']) {
      const [entry] = readPastedDids(pasted).entries
      expect(didEntries(entry?.text ?? '')).toEqual([entry?.text])
      expect(didProblem(entry?.text ?? '')).toBeDefined()
      expect(texts(entry?.text ?? '')).toEqual([entry?.text])
      expect(withoutPrefixes(entry ?? { source: '', text: '', offers: [] })).toBeUndefined()
    }
  })

  it.each(['(', '(a', '(a1', '1(', 'tel:', '1;a=', ';a=1', '0', '1-', '1 - ', '1\t', '1[', '1;2\n'])(
    'needs no time that grows with the square of %j',
    (sign) => {
      const { entries } = readPastedDids(sign.repeat(100_000 / sign.length))
      expect(entries.map(withoutPrefixes).length).toBeGreaterThan(0)
    },
  )

  it('prefixes are kept until the user removes them', () => {
    const pasted = '+49301;00492;033;4444;+49301234-+49301236;000'
    expect(readPastedDids(pasted).entries.map(withoutPrefixes)).toEqual([
      ...['49301', '492', '33', undefined, '49301234-49301236', undefined],
    ])
  })

  it('a word in front of a short number may be a name', () => {
    expect(texts('Acme 2\tAcme24')).toEqual(['Acme 2', 'Acme24'])
    expect(offers('Acme 2')).toEqual(['2'])
  })

  it('a reading never has more digits than a number', () => {
    const pasted = ['4930123-0 bis -99', '49301230-493012399', '4930123456789-0-9999', '493012345678\t493012345679']
    for (const text of pasted)
      for (const offered of offers(text))
        expect(Math.max(...offered.split(/[-;]/).map((end) => end.length))).toBeLessThan(16)
  })

  const words = [
    '\t',
    '\n',
    ' ',
    ' | ',
    ';',
    ',',
    ' bis ',
    ' to ',
    '-',
    ' - ',
    '–',
    '..',
    '/',
    '(',
    ')',
    '+',
    '0',
    '"',
    'Acme',
  ]
  const numbers = ['49301230', '4930200', '4930299', '4930123', '99', '1', '00', '28.11.2026', '493012399']
  it('reading its own result of a table or of extensions again changes nothing', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, ...numbers), { maxLength: 14 }), (parts) => {
        const once = texts(parts.join(''))
        expect(texts(once.join('\n'))).toEqual(once)
        expect(didEntries(once.join(';'))).toEqual(once)
      }),
    ))

  it('reading its own result again changes nothing', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[\d +();,:\n\t./-]{0,60}$/), (pasted) => {
        const once = readPastedDids(pasted)
        const again = readPastedDids(once.entries.map(({ text }) => text).join('\n'))
        expect(again.entries.map(({ text }) => text)).toEqual(once.entries.map(({ text }) => text))
      }),
    ))
})
