import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { z } from 'zod'
import { ipRule } from '@shared/resources/ip-rule'
import { answerSchema } from '@shared/resources/schema'
import { FleetError } from '@shared/ipc/result'
import { apiError } from '@main/portsip/api-error'
import { fieldErrors } from '@main/portsip/field-errors'
import { pageSchema } from '@main/portsip/paging'
import { parseJson } from '@main/portsip/read-body'
import { parseReply, readJson } from '@main/portsip/read-json'
import { ordinaryReply } from '@main/portsip/reply-limits'
import { blockedUntil, retryAfterSeconds } from '@main/portsip/reply-times'

const json = 'application/json; charset=utf-8'
const page = pageSchema(answerSchema(ipRule))
/** Chunks of odd size, so that texts, escapes and characters are split anywhere. */
async function* piecesOf(text: string, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const operation = 'GET /ip_filters'
const parseAs = async <T>(schema: z.ZodType<T>, text: string, type = json, size = 64 * 1024 + 1) =>
  parseReply(await readJson(piecesOf(text, size), operation, ordinaryReply), type, operation, schema)
const parse = (text: string, type = json) => parseAs(page, text, type, text.length > 10_000 ? undefined : 7)
const row = '"id":"a","cidr":"192.0.2.1/32","target":"DENY"'

describe('parsing a reply', () => {
  it('fails only with a FleetError, whatever the body', async () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((value) => `{"count":1,"items":[${value}]}`),
    )
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        try {
          expect(Array.isArray((await parse(body)).items)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(FleetError)
        }
      }),
    )
  })

  it.each([
    `{"count":1,"items":[{${row},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}`,
    `{"count":1,"items":[{${row},"\\u005f_proto__":{"polluted":1}}]}`,
    `{"count":1,"items":[{${row},"extra":{"__proto__":{"polluted":1}}}],"__proto__":{"polluted":1}}`,
  ])('ignores prototypes in it: %s', async (text) => {
    const rule = (await parse(text)).items[0]
    const copy = Object.assign({}, rule) as Record<string, unknown>
    expect(copy['polluted']).toBeUndefined()
    expect(Object.assign({}, copy['extra'] as object)).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('polluted')
    expect(Object.getPrototypeOf(rule)).toBe(Object.prototype)
  })

  it('handles 1e400, duplicate keys, deep nesting and a megabyte in a name', async () => {
    expect((await parse(`{"count":1e400,"items":[]}`)).count).toBeNull()
    expect((await parse(`{"count":1,"items":[{${row},"cidr":"192.0.2.2/32"}]}`)).items[0]?.['cidr']).toBe(
      '192.0.2.2/32',
    )
    const long = 'x'.repeat(1024 * 1024)
    expect((await parse(`{"count":1,"items":[{${row},"description":"${long}"}]}`)).items[0]?.['description']).toBe(long)
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    await expect(parse(deep)).rejects.toThrow(FleetError)
    await expect(parse(`{"__proto__":1,"items":${deep}}`)).rejects.toThrow(FleetError)
  })

  it('keeps unknown fields', async () => {
    expect((await parse(`{"count":1,"items":[{${row},"newer":{"a":1}}]}`)).items[0]).toMatchObject({ newer: { a: 1 } })
  })

  it('never repeats the content', async () => {
    const error: unknown = await parseAs(z.object({ token: z.number() }), '{"token":"PLANTED"}').catch(
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(FleetError)
    expect(JSON.stringify((error as FleetError).detail)).not.toContain('PLANTED')
    await expect(parse('', json)).rejects.toThrow(/empty/)
    await expect(parse('{}', 'text/html')).rejects.toThrow(/not JSON/)
    expect(parseJson('{')).toBeUndefined()
  })
})

describe('a long list', () => {
  const anyRows = z.looseObject({ items: z.array(z.unknown()) })
  const many = (length: number, text: (index: number) => string) =>
    Array.from({ length }, (_, index) => text(index)).join()

  /** A row may have this key, which would change the prototype of a copy, so it is left out. */
  const withoutProto = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value)

  it('is parsed like JSON.parse except for __proto__, however its bytes are split', async () => {
    const rows = fc.array(fc.json(), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 5000 }), fc.string(), async (texts, size, other) => {
        const items = many(1700, (index) => texts[index % texts.length] ?? '0')
        const text = `{ "a": ${JSON.stringify({ items: [other, '"items":['] })}, "items" : [${items} ], "z": [1, "items"] }`
        expect(await parseAs(anyRows, text, json, size)).toEqual(JSON.parse(text, withoutProto))
      }),
      { numRuns: 10, examples: [[['{"__proto__":false}'], 1, '']] },
    )
  })

  it('leaves out the wrong row, and names it', async () => {
    const text = `{"count":1600,"items":[${many(1600, (index) => (index === 1234 ? '{"id":7}' : `{"id":"${index}"}`))}]}`
    const removed: string[] = []
    const body = await readJson(piecesOf(text, 64 * 1024), operation, ordinaryReply)
    const reply = await parseReply(body, json, operation, page, (paths) => removed.push(...paths))
    expect(reply).toMatchObject({ count: 1600, items: { length: 1599 } })
    expect(removed).toEqual(['items.1234.id', 'items.1234'])
  })

  it.each([
    ['a comma after the last row', `{"count":1,"items":[${many(1600, () => '{}')},]}`],
    ['a bracket of the wrong kind', `{"count":1,"items":[${many(1600, () => '{}')}}]}`],
    ['no end', `{"count":1,"items":[${many(1600, () => '{}')}`],
    ['more after the end', `{"count":1,"items":[${many(1600, () => '{}')}]} x`],
  ])('with %s is invalid', async (_what, text) => {
    await expect(parseAs(anyRows, text)).rejects.toThrow(/JSON is invalid/)
  })

  it.each([
    ['two lists of rows', '{"items":[{}],"items":[{}]}', 'it has several lists of rows'],
    [
      'many values',
      `{"items":[${many(20_000, () => '[0,0,0,0,0]')}]}`,
      `it has too many values (maximum ${printNumber(100_000)})`,
    ],
    ['a record of many values', `{"items":[[${many(9_000, () => '[0,0,0,0,0]')}]]}`, 'one record has too many values'],
    ['a long array', `{"x":[${many(10_001, () => '0')}]}`, 'a list or an object in it is too long'],
    ['many keys', `{${many(10_001, (index) => `"k${index}":0`)}}`, 'a list or an object in it is too long'],
    ['a long name', `{"${'k'.repeat(2000)}":1}`, 'a name is too long'],
    ['a long number', `{"count":${'1'.repeat(500)}}`, 'a number is too long'],
    ['a long text', `{"a":"${'\\u0041'.repeat(400_000)}"}`, 'a text is too long'],
    ['a deep one', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'it is nested too deeply'],
    [
      'many bytes',
      `{"a":"${'x'.repeat(2_000_000)}","b":"${'x'.repeat(2_000_000)}","c":"${'x'.repeat(2_000_000)}"}`,
      'it is too large (maximum 4 MB)',
    ],
  ])('or any other response with %s is refused by name', async (_what, text, message) => {
    await expect(parseAs(z.unknown(), text)).rejects.toThrow(`The response to GET /ip_filters was refused: ${message}`)
  })
})

describe('error texts', () => {
  const refused = (status: number, error: object, signIn = false, headers = {}) =>
    apiError({ operation: 'POST /x', status, headers, body: { errors: [error] }, signIn })

  it.each([400, 403, 429])('DENIED with status %i is a block', (status) => {
    const message = 'the client IP address 192.0.2.1 has been blocked until 2099-01-02T03:04:05Z'
    expect(refused(status, { code: 'DENIED', message })).toMatchObject({ code: 'denied', status })
  })

  it.each([
    ['the client IP address 192.0.2.1 has been blocked until 2099-01-02T03:04:05Z', '192.0.2.1'],
    ['The client IP address 2001:db8::7 has been blocked until 03:04:05.', '2001:db8::7'],
    ['192.0.2.9.', '192.0.2.9'],
    ['the client IP address 999.0.2.1 has been blocked until further notice', undefined],
    ['blocked until 2099-01-02T03:04:05Z', undefined],
  ])('DENIED names the blocked address: %s', (message, address) => {
    expect(refused(403, { code: 'DENIED', message }).address).toBe(address)
  })

  it.each([
    [400, 'UNAUTHORIZED'],
    [400, 'SOMETHING_NEW'],
    [401, 'UNAUTHORIZED'],
    [403, 'FORBIDDEN'],
  ])('sign-in: %i %s is refused, and its text is not passed on', (status, code) => {
    const detail = refused(status, { code, message: 'PLANTED is wrong' }, true)
    expect(detail.code).toBe('refused')
    expect(JSON.stringify(detail)).not.toContain('PLANTED')
  })

  it.each([401, 403])('sign-in: %i without an error of the PBX does not say that the password is wrong', (status) => {
    const bodies = [undefined, null, 'Access denied', {}, { errors: [] }, { message: 'Forbidden' }]
    for (const body of bodies) {
      const detail = apiError({ operation: 'POST /x', status, headers: {}, body, signIn: true })
      expect(detail).toMatchObject({ code: 'refused', hint: expect.stringContaining('The password may be right') })
      expect(detail.message).toBe(`Sign-in refused (${status}), but not with an error of the PBX`)
    }
    expect(refused(status, { code: 'UNAUTHORIZED' }, true).message).toMatch(/wrong username or password$/)
  })

  it.each([500, 503, 504])('sign-in: %i may count as a failed sign-in, which no other request does', (status) => {
    expect(refused(status, {}, true).hint).toBe('The PBX may count this as a failed sign-in.')
    expect(refused(status, {}).hint).toBeUndefined()
  })

  it('sign-in: a malformed request is no refusal', () => {
    expect(refused(400, { code: 'VALIDATE_FAILED', message: '' }, true).code).toBe('rejected')
  })

  it('an unknown body is accepted', () => {
    for (const body of [undefined, null, 'x', [], { errors: [] }, { errors: 'x' }, { errors: [{ code: 1 }] }])
      expect(apiError({ operation: 'GET /x', status: 418, headers: {}, body, signIn: false }).code).toBe('rejected')
  })

  it('reads field errors in several forms', () => {
    const expected = [{ path: 'cidr', message: 'wrong' }]
    expect(fieldErrors([{ field: 'cidr', message: 'wrong' }])).toEqual(expected)
    expect(fieldErrors([{ loc: ['body', 'cidr'], msg: 'wrong' }])).toEqual([{ path: 'body.cidr', message: 'wrong' }])
    expect(fieldErrors({ name: 'cidr', reason: 'wrong' })).toEqual(expected)
    expect(fieldErrors({ cidr: ['wrong'] })).toEqual(expected)
    expect(fieldErrors([{ instancePath: '/cidr', message: 'wrong' }])).toEqual(expected)
    for (const other of [undefined, null, 'x', 7, [1, null], { cidr: {} }]) expect(fieldErrors(other)).toEqual([])
  })
})

describe('times in replies', () => {
  const now = Date.UTC(2026, 0, 2, 3, 0, 0)
  const until = '2026-01-02T03:30:00.000Z'

  it.each([
    'blocked until 2026-01-02T03:30:00Z',
    'blocked until 2026-01-02T03:30:00.123Z.',
    'blocked until 2026-01-02T05:30:00+02:00',
    'blocked until [2026-01-02 03:30:00 UTC]',
    'blocked until 2026/01/02 03:30:00 GMT, ask an administrator',
    'blocked until 2026-01-02 05:30:00.123456 +0200 CEST',
    'blocked until 2026-01-01 22:30 -0500',
    'blocked until Fri, 02 Jan 2026 03:30:00 GMT',
    'blocked until Fri, 2 Jan 2026 11:30:00 +0800',
    'blocked until Fri Jan 02 2026 04:30:00 GMT+0100 (Central European Standard Time)',
    'blocked until Fri Jan  2 03:30:00 UTC 2026',
    'blocked until January 2, 2026 3:30:00 AM UTC',
    'blocked until 1767324600',
    'blocked until 1767324600000',
  ])('%s', (message) => {
    expect(blockedUntil(message, undefined, now)).toEqual({ until })
  })

  it.each([
    ...['2026-01-02 03:30:00 EST', '2026-01-02T03:30:00 PST', '2026-01-02 03:30:00 CEST', '2026-01-02 03:30:00 MSK'],
    ...['Fri, 02 Jan 2026 03:30:00 CET', 'Fri, 02 Jan 2026 03:30:00 CST', 'Jan 2, 2026 03:30:00 MST'],
    ...['Fri Jan  2 03:30:00 EDT 2026', 'Fri Jan 2 03:30:00 2026 PDT', '2026-01-02 03:30:00 EST5EDT'],
    ...['2026-01-02 03:30:00', '2026/01/02 03:30:00', 'Jan 2, 2026 03:30:00', 'Fri, 02 Jan 2026 03:30:00'],
    ...['01/02/2026 3:30:00 AM', '01/02/2026 03:30:00 UTC', '02.01.2026 03:30 GMT', '2026-01-02', '03:30', '03:30 UTC'],
    ...[
      '2026-01-02 03:30:00 GMT+1',
      '2026-01-02 03:30:00 UTC-5',
      '2026-01-02 03:30:00 +02',
      '2026-01-02T03:30:00 Zulu',
    ],
    ...['2026-02-30T03:30:00Z', '2026-01-02T24:30:00Z', '2026-01-02T03:61:00Z', '2026-01-02T03:30:00+99:00'],
    ...['2026-01-02 13:30:00 PM UTC', '2 Now 2026 03:30:00 GMT', '2 Juno 2026 03:30:00 GMT', '9999-99-99T99:99:99Z'],
    ...['9999-12-31T00:00:00Z', 'further notice', '1767324600-1', '17673246001'],
  ])('no time is claimed, and %j is shown as it is', (text) => {
    expect(blockedUntil(`blocked until ${text}`, undefined, now)).toEqual({ text })
    const [error] = [{ code: 'DENIED', message: `the client IP address 192.0.2.1 has been blocked until ${text}` }]
    const body = { errors: [error] }
    const denied = apiError({ operation: 'GET /x', status: 403, headers: {}, body, signIn: true })
    expect(denied).toMatchObject({ code: 'denied', untilText: text, address: '192.0.2.1' })
    expect(denied).not.toHaveProperty('until')
  })

  it.each(['', 'blocked', 'blocked until', 'blocked until  '])('%j: neither a time nor a text', (message) => {
    expect(blockedUntil(message, undefined, now)).toEqual({})
  })

  it('use the clock of a PBX that is an hour off, if its Date header is certain', () => {
    const date = new Date(now + 3_600_000).toUTCString()
    expect(blockedUntil('blocked until 2026-01-02T04:30:00Z', date, now)).toEqual({ until })
    for (const uncertain of ['Fri, 02 Jan 2026 04:00:00 EST', '2026-01-02 04:00', 'Jan 2, 2026 4:00 PM'])
      expect(blockedUntil('blocked until 2026-01-02T03:30:00Z', uncertain, now)).toEqual({ until })
  })

  it('Retry-After is seconds or a date', () => {
    expect(retryAfterSeconds('120', now)).toBe(120)
    expect(retryAfterSeconds(' 86400 ', now)).toBe(86_400)
    const date = new Date(now + 30_000).toUTCString()
    expect(retryAfterSeconds(date, now)).toBe(30)
    // The oldest form of an HTTP date, which is GMT on every computer.
    const [weekday = '', day = '', month = '', year = '', time = ''] = date.split(' ')
    expect(retryAfterSeconds(`${weekday.slice(0, 3)} ${month} ${day.padStart(2)} ${time} ${year}`, now)).toBe(30)
    expect(retryAfterSeconds(undefined, now)).toBeUndefined()
  })

  it.each([
    ...['Sat, 28 Nov 2026 15:01:00 -0500', 'Sat, 28 Nov 2026 15:01:00 -05:00', 'Sat, 28 Nov 2026 21:01:00 +0100'],
    ...['Sat, 28 Nov 2026 20:01:00 GMT', 'Sat, 28 Nov 2026 20:01:00 UTC', 'Saturday, 28-Nov-26 20:01:00 GMT'],
    ...['Sat Nov 28 20:01:00 2026', 'Sat Nov 28 15:01:00 2026 -0500', 'Sat, 28 Nov 2026 20:01:00'],
  ])('Retry-After %j is a minute, whatever its form and zone', (value) =>
    expect(retryAfterSeconds(value, Date.UTC(2026, 10, 28, 20))).toBe(60),
  )

  it.each([
    ...['Sat, 28 Nov 2026 20:01:00 EST', 'Sat, 28 Nov 2026 20:01:00 GMT+1', 'Sat, 28 Nov 2026 20:01:00 -05'],
    ...['Sat, 28 Nov 2026 08:01:00 PM', 'Sat, 28 Nov 2026 20:01:00 (GMT)', 'Sat, 28 Nov 2026 20:01:00 GMT, 5'],
    ...['Sat, 28 Nov 2026 20:01', 'Sat, 28 Now 2026 20:01:00 GMT', 'Sat, 28 Nov 2026 20:61:00 GMT'],
    ...['Sat, 28 Nov 2026 20:01:00 -9900', 'Sat, 28 Nov', 'Nov 28, 2026 20:01:00 GMT'],
  ])('Retry-After %j is not guessed', (value) =>
    expect(retryAfterSeconds(value, Date.UTC(2026, 10, 28, 20))).toBeUndefined(),
  )

  it('Retry-After on a day that does not exist is not that of the next month', () => {
    expect(retryAfterSeconds('Sat, 30 Feb 2026 00:01:00 GMT', Date.UTC(2026, 2, 2))).toBeUndefined()
  })

  it.each([
    ...['', '0', '-5', '1.5', '0x10', '1e3', '5, 10', '12 s', 'soon', '86401', '999999999', '99999999999999999999'],
    ...['2026-11-28', '1/2/2027', 'Fri, 31 Dec 9999 23:59:59 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Sun, 99 Xyz'],
  ])('Retry-After %j is no wait', (value) => expect(retryAfterSeconds(value, now)).toBeUndefined())
})
