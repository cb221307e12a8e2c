import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { AppLog } from '@main/services/log'
import { describeForLog, redact } from '@main/services/redact'
import { temporaryFolder } from '../storage/temporary'

const planted = 'pl4nted-S3cret'

const texts: readonly string[] = [
  `Authorization: Bearer ${planted}`,
  `authorization=Basic ${planted}==`,
  `{"username":"admin","password":"${planted}","domain":"x"}`,
  `{"password" : "with \\"quotes\\" ${planted}", "a":1}`,
  `body was "{\\"password\\":\\"${planted}\\",\\"a\\":1}"`,
  `{ password: '${planted}', a: 1 }`,
  `grant_type=password&username=a&password=${planted}&x=1`,
  `GET /ws?access_token=${planted}&top=1`,
  `{"access_token":"${planted}","refresh_token":"${planted}"}`,
  `refresh_token: ${planted}`,
  `Set-Cookie: ${planted}`,
  `https://admin:${planted}@pbx.example.com/`,
  `new_password="${planted}"`,
  `{"otp":"${planted}"}`,
  `-----BEGIN PRIVATE KEY-----\n${planted}\n-----END PRIVATE KEY-----`,
  `eyJhbGciOiJIUzI1NiJ9.${planted}.abc`,
  `{"license_key":"${planted}"}`,
]

describe('a log line contains no credentials', () => {
  it.each(texts)('masked: %s', (text) => expect(redact(text)).not.toContain(planted))

  it('masks one-time codes and keeps error codes', () => {
    expect(redact('{"token":"t","code":"482913"}')).not.toContain('482913')
    expect(describeForLog({ code: '482913' })).not.toContain('482913')
    expect(describeForLog({ code: 'tls-changed' })).toContain('tls-changed')
    expect(redact('{"code":"ECONNREFUSED"}')).toContain('ECONNREFUSED')
  })

  it('keeps the details that help to find a fault', () => {
    const line = 'GET /ip_filters?top=100&skip=0 answered 502 in 31 ms (https://pbx.example.com:8887)'
    expect(redact(line)).toBe(line)
  })

  it('logs only the identifying fields of an HTTP error', () => {
    const error = Object.assign(new Error('Request failed with status code 401'), {
      code: 'ERR_BAD_REQUEST',
      config: { headers: { Authorization: `Bearer ${planted}` }, data: planted },
      request: { body: planted },
    })
    const line = describeForLog(new FleetError({ code: 'refused', message: 'Refused' }, { cause: error }))
    expect(line).toContain('ERR_BAD_REQUEST')
    expect(line).toContain('refused')
    expect(line).not.toContain(planted)
    expect(describeForLog(error)).not.toContain(planted)
  })

  it('handles circular and deep objects, and keys that are secrets', () => {
    const round: Record<string, unknown> = { Password: planted, list: [{ refresh_token: planted }], n: 1n }
    round['self'] = round
    expect(describeForLog(round)).not.toContain(planted)
    expect(describeForLog(undefined)).toBe('undefined')
  })

  it('masks a credential that is truncated', () => {
    for (const start of ['"password":"', '\\"password\\":\\"', 'password=', "password: '", 'Bearer ']) {
      expect(redact(`${' '.repeat(9_990 - start.length)}${start}${planted}`)).not.toContain('pl4nt')
    }
  })

  it('does not hang on long text', () => {
    for (const part of ['"password":"', 'password=', '\\"token\\":\\"', 'a:b', 'https://']) redact(part.repeat(20_000))
  })
})

it('the file is created with the first line, is masked, keeps the order, and is rotated', async () => {
  const folder = join(temporaryFolder(), 'logs')
  const log = new AppLog({ folder, packaged: true })
  await Promise.all([
    log.info('first', { password: planted }),
    log.warn(`second Bearer ${planted}`),
    log.error('third', new Error(`password=${planted}`)),
    log.debug('not in a packaged app'),
  ])
  const text = readFileSync(log.file, 'utf8')
  expect(text.indexOf('first')).toBeLessThan(text.indexOf('second'))
  expect(text.indexOf('second')).toBeLessThan(text.indexOf('third'))
  expect(text).not.toContain(planted)
  expect(text).not.toContain('not in a packaged app')

  for (let n = 0; n < 300; n++) await log.info('x'.repeat(10_000))
  expect(readdirSync(folder).sort()).toEqual(['main.log', 'main.old.log'])
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(3 * 1024 * 1024)
})
