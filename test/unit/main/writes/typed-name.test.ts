import { describe, expect, it } from 'vitest'
import { visibleText } from '@shared/domain/visible-text'
import { isOverridden } from '@shared/domain/write'
import { isRolloutConfirmed } from '@shared/rollout/confirm'
import { enforceProtection } from '@main/services/protection'

/** A name as it was stored, and what a person types who reads it. */
const names: readonly (readonly [shown: string, typed: string])[] = [
  ['Kunde  Süd\u00a0 2', 'Kunde Süd 2'],
  ['Zu\u0308rich', 'Zürich'],
  ['Sa\u0303o Paulo', 'São Paulo'],
  ['Łódź\u200b \ufeffA', 'Łódź A'],
  ['O’Brien – “HQ”', 'O\'Brien - "HQ"'],
  ['O´Brien', "O'Brien"],
  ['Kanaʻina ʼA − «B»', 'Kana\'ina \'A - "B"'],
  ['Ｔｏｋｙｏ　１', 'Tokyo 1'],
  ['Graz', '  Graz '],
]

describe.each(names)('a server named %j', (shown, typed) => {
  it('is confirmed by its name as a keyboard types it', () => {
    const server = { name: shown, protection: 'type-name' } as const
    for (const typedName of [typed, shown, visibleText(shown)]) {
      expect(() => enforceProtection(server, { acknowledged: false, typedName })).not.toThrow()
    }
  })

  it('is not confirmed by another name', () => {
    const server = { name: shown, protection: 'type-name' } as const
    for (const typedName of ['', typed.trim().slice(0, -1), `${typed}2`, typed.toUpperCase()]) {
      expect(() => enforceProtection(server, { acknowledged: true, typedName })).toThrow('The typed name is not')
    }
  })

  it('is so with the word of a safety check, too', () => {
    const guards = [{ kind: 'tenant-loss', message: '', addresses: [], word: visibleText(shown) }] as const
    expect(isOverridden(guards, typed)).toBe(true)
    expect(isOverridden(guards, typed.trim().slice(1))).toBe(false)
  })
})

it('a number is typed in the digits of any keyboard', () => {
  const confirm = { kind: 'number', servers: 12, reason: '' } as const
  expect(isRolloutConfirmed(confirm, { acknowledged: false, typedName: ' １２' })).toBe(true)
  expect(isRolloutConfirmed(confirm, { acknowledged: true, typedName: '1' })).toBe(false)
})
