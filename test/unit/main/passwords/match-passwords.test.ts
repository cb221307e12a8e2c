import { expect, it } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { parseImport } from '@main/services/imports/read-import'
import { matchPasswords } from '@main/services/passwords/match-passwords'

const server = (name: string, address: string, more: Partial<ServerRecord> = {}): ServerRecord => ({
  ...emptyServerDraft,
  ...{ id: name, name, address, username: 'admin', activeAddress: 'first' },
  ...more,
})
const servers = [
  server('A', 'https://a.example.com:8887', { secondAddress: 'https://10.0.0.5:8887' }),
  server('B', 'https://b.example.com:8887', { username: '' }),
  server('C1', 'https://c.example.com:8887'),
  server('C2', 'https://c.example.com:9999'),
  server('D1', 'https://d.example.com:8887', { username: 'one' }),
  server('D2', 'https://d.example.com:8887', { username: 'two' }),
]
const match = (...lines: readonly string[]) =>
  matchPasswords(parseImport(['name,url,username,password', ...lines].join('\n'), { raw: true }), servers)
const states = (...lines: readonly string[]) => match(...lines).map(({ row }) => [row.state, row.serverName])

it('matches rows by address and username', () => {
  expect(states('x,https://A.example.com/portal,Admin,p1')).toEqual([['ready', 'A']])
  expect(states('x,10.0.0.5,admin,p1')).toEqual([['ready', 'A']])
  expect(states('x,https://a.example.com,other,p1')).toEqual([['other-username', 'A']])
  expect(states('x,https://a.example.com,,p1')).toEqual([['ready', 'A']])
  expect(states('x,https://a.example.com,admin,')).toEqual([['no-password', 'A']])
  expect(states('x,https://elsewhere.example.com,admin,p')).toEqual([['no-server', undefined]])
  expect(states('x,not an address at all!,admin,p')).toEqual([['no-server', undefined]])
})

it('a server without a username takes the one of the row, which must have one', () => {
  expect(states('x,b.example.com,root,p')).toEqual([['ready', 'B']])
  expect(states('x,b.example.com,,p')).toEqual([['problem', 'B']])
})

it('of several servers of one host, the port or the username decides; nothing is guessed', () => {
  expect(states('x,c.example.com:9999,admin,p')).toEqual([['ready', 'C2']])
  expect(states('x,c.example.com,admin,p')).toEqual([['ambiguous', undefined]])
  expect(states('x,d.example.com,two,p')).toEqual([['ready', 'D2']])
  expect(states('x,d.example.com,three,p')).toEqual([['ambiguous', undefined]])
})

it('two rows with different passwords for one server are both unclear; the same one twice is not', () => {
  expect(states('x,a.example.com,admin,p1', 'y,a.example.com,admin,p2')).toEqual([
    ['ambiguous', 'A'],
    ['ambiguous', 'A'],
  ])
  expect(states('x,a.example.com,admin,p1', 'y,10.0.0.5,admin,p1').map(([state]) => state)).toEqual(['ready', 'ready'])
})

it('a password is what the file says, with blanks, quotes, apostrophes and formula characters', () => {
  for (const [typed, password] of [
    [`'=SUM(1)`, `'=SUM(1)`],
    ['" lead and trail "', ' lead and trail '],
    ['"say ""hi"", ok"', 'say "hi", ok'],
    ['=cmd', '=cmd'],
  ] as const)
    expect(match(`x,a.example.com,admin,${typed}`)[0]?.password).toBe(password)
})

it('columns are found by the names that password managers use, and a missing one is an error that names it', () => {
  const file = parseImport('folder;type;Login_URI;login_username;login_password\n;login;a.example.com;admin;p', {
    raw: true,
  })
  expect(matchPasswords(file, servers)[0]?.row.state).toBe('ready')
  expect(() => matchPasswords(parseImport('title,notes\na,b', { raw: true }), servers)).toThrow(
    /no column for the address and the username and the password/,
  )
})

it('a password with a blank at its end is saved as it is, and pointed out before it is tried', () => {
  const [matched] = match('x,a.example.com,admin,"geheim "')
  expect(matched?.password).toBe('geheim ')
  expect(matched?.row).toMatchObject({ state: 'ready', reason: 'The password ends with a blank' })
})
