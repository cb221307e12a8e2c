import { expect, test } from 'vitest'
import { parseFlags } from '@demo/cli-options'

test('each server gets the next port and the next seed', () => {
  const flags = '--servers 2 --port 19000 --rules 10 --tenants 3 --latency 5 --seed 4 --version 22.0'.split(' ')
  const shared = { rules: 10, tenants: 3, latencyMs: 5, version: '22.0', recordLimit: 0 }
  expect(parseFlags(flags)).toEqual([
    { ...shared, port: 19000, seed: 4 },
    { ...shared, port: 19001, seed: 5 },
  ])
})

test('port 0 remains 0 for all, and without flags there is one server', () => {
  expect(parseFlags(['--servers', '2', '--port', '0']).map(({ port }) => port)).toEqual([0, 0])
  expect(parseFlags([])).toEqual([{ port: 18_887, seed: 1, recordLimit: 0 }])
})

test.each([
  ['--rules', 'many'],
  ['--servers', '0'],
  ['--version', '21'],
  ['--port', '65536'],
  ['--unknown'],
  ['extra'],
])('refuses %s %s', (...flags) => {
  expect(() => parseFlags(flags)).toThrow(/\w/)
})
