import { expect, it } from 'vitest'
import { isConfirmed, nothingConfirmed } from '@/components/form/confirm'

it.each([
  ['Kunde  Süd\u00a0 2', 'Kunde Süd 2'],
  ['Zu\u0308rich', 'Zürich'],
  ['O’Brien – HQ', "O'Brien - HQ"],
])('a server named %j is confirmed by typing its name as a keyboard does', (name, typed) => {
  const server = { name, protection: 'type-name' } as const
  expect(isConfirmed(server, [], { ...nothingConfirmed, typedName: typed })).toBe(true)
  expect(isConfirmed(server, [], { ...nothingConfirmed, typedName: `${typed}2` })).toBe(false)
})
