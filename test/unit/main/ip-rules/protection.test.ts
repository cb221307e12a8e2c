import { describe, expect, it } from 'vitest'
import type { Protection } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { enforceProtection } from '@main/services/protection'

const attempt = (protection: Protection, acknowledged: boolean, typedName: string): string => {
  try {
    enforceProtection({ name: 'Kunde A', protection }, { acknowledged, typedName })
    return 'allowed'
  } catch (error) {
    if (error instanceof FleetError) return error.detail.code
    throw error
  }
}

describe('enforceProtection', () => {
  it.each([
    ['open', false, '', 'allowed'],
    ['ask', false, 'Kunde A', 'confirmation-required'],
    ['ask', true, '', 'allowed'],
    ['type-name', true, 'kunde a', 'confirmation-required'],
    ['type-name', false, ' Kunde A ', 'allowed'],
    ['read-only', true, 'Kunde A', 'read-only'],
  ] as const)('%s, acknowledged %s, typed "%s": %s', (protection, acknowledged, typed, expected) => {
    expect(attempt(protection, acknowledged, typed)).toBe(expected)
  })
})
