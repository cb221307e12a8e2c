import { expect, it } from 'vitest'
import { missingConfirmation, nothingConfirmed } from '@/components/form/confirm'

it.each([
  ['Kunde  Süd\u00a0 2', 'Kunde Süd 2'],
  ['Zu\u0308rich', 'Zürich'],
  ['O’Brien – HQ', "O'Brien - HQ"],
])('a server named %j is confirmed by typing its name as a keyboard does', (name, typed) => {
  const server = { name, protection: 'type-name' } as const
  expect(missingConfirmation(server, [], { ...nothingConfirmed, typedName: typed })).toBe('')
  expect(missingConfirmation(server, [], { ...nothingConfirmed, typedName: `${typed}2` })).toMatch(/^Type the name/)
})

it('what is missing is named: the override, the check box, the name of the server', () => {
  const guard = { kind: 'own-address', message: 'Blocks your address', addresses: [] } as const
  const missing = (protection: 'open' | 'ask' | 'type-name' | 'read-only', part = {}): string =>
    missingConfirmation({ name: 'Acme', protection }, [guard], { ...nothingConfirmed, ...part })
  expect(missing('open')).toBe('Type OVERRIDE above first')
  const override = 'OVERRIDE'
  expect(missing('open', { override })).toBe('')
  expect(missing('ask', { override })).toBe('Select the check box above first')
  expect(missing('type-name', { override })).toBe('Type the name of the server, Acme, above first')
  expect(missing('read-only', { override })).toBe('This server is read-only')
})
