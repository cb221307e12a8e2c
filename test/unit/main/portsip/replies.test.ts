import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ipRule } from '@shared/resources/ip-rule'
import { answerSchema } from '@shared/resources/schema'
import { FleetError } from '@shared/ipc/result'
import { apiError } from '../../../../src/main/portsip/api-error'
import { fieldErrors } from '../../../../src/main/portsip/field-errors'
import { pageSchema } from '../../../../src/main/portsip/paging'
import { parseReply, tryParse } from '../../../../src/main/portsip/read-body'
import { blockedUntil, retryAfterSeconds } from '../../../../src/main/portsip/reply-times'

const json = 'application/json; charset=utf-8'
const page = pageSchema(answerSchema(ipRule))
const parse = (text: string, type = json) => parseReply(Buffer.from(text), type, 'GET /ip_filters', page)
const row = '"id":"a","cidr":"192.0.2.1/32","target":"DENY"'

describe('parsing a reply', () => {
  it('never fails otherwise than with a FleetError, whatever comes', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((value) => `{"count":1,"items":[${value}]}`),
    )
    fc.assert(
      fc.property(text, (body) => {
        try {
          expect(Array.isArray(parse(body).items)).toBe(true)
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
  ])('takes no prototype from it: %s', (text) => {
    const rule = parse(text).items[0]
    const copy = Object.assign({}, rule) as Record<string, unknown>
    expect(copy['polluted']).toBeUndefined()
    expect(Object.assign({}, copy['extra'] as object)).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('polluted')
    expect(Object.getPrototypeOf(rule)).toBe(Object.prototype)
  })

  it('bears 1e400, duplicate keys, deep nesting and a megabyte in a name', () => {
    expect(() => parse(`{"count":1e400,"items":[]}`)).toThrow(/count/)
    expect(parse(`{"count":1,"items":[{${row},"cidr":"192.0.2.2/32"}]}`).items[0]?.['cidr']).toBe('192.0.2.2/32')
    const long = 'x'.repeat(1024 * 1024)
    expect(parse(`{"count":1,"items":[{${row},"description":"${long}"}]}`).items[0]?.['description']).toBe(long)
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect(parse(`{"count":1,"items":[{${row}}]}`).items).toHaveLength(1)
    expect(() => parse(deep)).toThrow(FleetError)
    expect(() => parse(`{"__proto__":1,"items":${deep}}`)).toThrow(FleetError)
  })

  it('keeps fields that it does not know', () => {
    expect(parse(`{"count":1,"items":[{${row},"newer":{"a":1}}]}`).items[0]).toMatchObject({ newer: { a: 1 } })
  })

  it('never tells the content', () => {
    try {
      parseReply(Buffer.from('{"token":"PLANTED"}'), json, 'POST /auth/sign_in', z.object({ token: z.number() }))
    } catch (error) {
      expect(JSON.stringify((error as FleetError).detail)).not.toContain('PLANTED')
    }
    expect(() => parse('', json)).toThrow(/empty/)
    expect(() => parse('{}', 'text/html')).toThrow(/not JSON/)
    expect(tryParse('{')).toBeUndefined()
  })
})

describe('the words of errors', () => {
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
  ])('DENIED names the address that it blocks: %s', (message, address) => {
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

  it('sign-in: a malformed request is no refusal', () => {
    expect(refused(400, { code: 'VALIDATE_FAILED', message: '' }, true).code).toBe('rejected')
  })

  it('an unknown body is borne', () => {
    for (const body of [undefined, null, 'x', [], { errors: [] }, { errors: 'x' }, { errors: [{ code: 1 }] }])
      expect(apiError({ operation: 'GET /x', status: 418, headers: {}, body, signIn: false }).code).toBe('rejected')
  })

  it('reads complaints about fields in several forms', () => {
    const told = [{ path: 'cidr', message: 'wrong' }]
    expect(fieldErrors([{ field: 'cidr', message: 'wrong' }])).toEqual(told)
    expect(fieldErrors([{ loc: ['body', 'cidr'], msg: 'wrong' }])).toEqual([{ path: 'body.cidr', message: 'wrong' }])
    expect(fieldErrors({ name: 'cidr', reason: 'wrong' })).toEqual(told)
    expect(fieldErrors({ cidr: ['wrong'] })).toEqual(told)
    expect(fieldErrors([{ instancePath: '/cidr', message: 'wrong' }])).toEqual(told)
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
    'blocked until [2026-01-02 03:30:00]',
    'blocked until 2026/01/02 03:30:00',
    'blocked until Fri, 02 Jan 2026 03:30:00 GMT',
    'blocked until 01/02/2026 3:30:00 AM',
    'blocked until Jan 2, 2026 03:30:00',
    'blocked until 1767324600',
  ])('%s', (message) => {
    expect(blockedUntil(message, undefined, now)).toBe(until)
  })

  it('mean the clock of a PBX that is an hour off', () => {
    const date = new Date(now + 3_600_000).toUTCString()
    expect(blockedUntil('blocked until 2026-01-02T04:30:00Z', date, now)).toBe(until)
  })

  it.each(['', 'blocked', 'blocked until further notice', 'blocked until 9999-99-99T99:99:99Z'])(
    '%s: none',
    (message) => {
      expect(blockedUntil(message, undefined, now)).toBeUndefined()
    },
  )

  it('Retry-After is seconds or a date', () => {
    expect(retryAfterSeconds('120', now)).toBe(120)
    expect(retryAfterSeconds(new Date(now + 30_000).toUTCString(), now)).toBe(30)
    expect(retryAfterSeconds('soon', now)).toBeUndefined()
    expect(retryAfterSeconds(undefined, now)).toBeUndefined()
  })
})
