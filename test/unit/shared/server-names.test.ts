import { expect, it } from 'vitest'
import { distinctNames } from '@shared/domain/server-names'

it('servers of one name have their addresses, and no other server has', () => {
  const names = distinctNames([
    { id: '1', name: 'Main', address: 'https://a.example.com:8887' },
    { id: '2', name: 'Berlin', address: 'https://b.example.com:8887' },
    { id: '3', name: 'main', address: 'https://c.example.com:9000' },
    { id: '4', name: 'MAIN ', address: '' },
  ])
  expect([...names.values()]).toEqual(['Main (a.example.com)', 'Berlin', 'main (c.example.com:9000)', 'MAIN '])
})
