import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { problemOf } from '@shared/resources/problem'
import { tenant } from '@shared/resources/tenant'
import { TemplatesService, templatesStore } from '@main/services/templates/templates-service'
import { failureOf } from '../session/harness'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'fleet-templates-'))))
afterEach(() => rm(folder, { recursive: true }))
const open = () => new TemplatesService(templatesStore(join(folder, 'tenant-templates.json')))
const own = (service: TemplatesService) => service.list().filter(({ builtIn }) => builtIn !== true)

test('a template keeps what can be set, and neither name, domain nor secrets', async () => {
  await open().save('Vienna', {
    name: 'Kunde A',
    domain: 'a.example',
    id: '7',
    created_at: '2026-01-01T00:00:00Z',
    max_extensions: 25,
    website: null,
    'cdr_event.password': 'secret77',
    'cdr_event.token': 'token',
    'cdr_event.username': 'collector',
    unknown: 1,
  })
  expect(own(open())).toMatchObject([
    { name: 'Vienna', values: { max_extensions: 25, 'cdr_event.username': 'collector' } },
  ])
  expect(Object.keys(own(open())[0]?.values ?? {})).toHaveLength(2)
})

test('templates are renamed and deleted; names are not given twice, those of the app are fixed', async () => {
  const service = open()
  await service.save('One', {})
  await service.save('Two', {})
  const [one] = own(service)
  expect((await failureOf(service.save('one', {}))).fields).toMatchObject([{ path: 'name' }])
  expect((await failureOf(service.rename(one?.id ?? '', 'TWO'))).code).toBe('rejected')
  await service.rename(one?.id ?? '', 'Three')
  expect(own(service).map(({ name }) => name)).toEqual(['Three', 'Two'])
  expect((await failureOf(service.rename('small-office', 'Mine'))).code).toBe('not-found')
  await expect(service.remove('small-office')).rejects.toThrow('This template no longer exists')
  await service.remove(one?.id ?? '')
  expect(service.list().map(({ name }) => name)).toEqual([
    'Small office, 25 extensions',
    'Call center, 100 extensions',
    'Two',
  ])
})

test('the templates of the app hold what the API takes', () => {
  for (const { values } of open().list())
    for (const [key, value] of Object.entries(values)) {
      const field = tenant.fields.find((each) => each.key === key)
      expect(field, key).toBeDefined()
      expect(field && problemOf(field, value), key).toBeUndefined()
    }
})
