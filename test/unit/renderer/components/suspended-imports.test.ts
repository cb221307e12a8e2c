import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { ImportFile } from '@shared/domain/import'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { ipRule } from '@shared/resources/ip-rule'
import RemoveServerDialog from '@/features/workspace/RemoveServerDialog.vue'
import { useImport } from '@/features/imports/use-import'
import { openQuestion } from '@/composables/discard-question'
import { dropSuspended, useSuspendedImports } from '@/features/imports/suspended-imports'
import { useWorkspace } from '@/stores/workspace'

const serverOf = (id: string): ServerRecord => ({
  ...{ ...emptyServerDraft, id, activeAddress: 'first', name: `PBX ${id}` },
})
const servers = ['a', 'b', 'c', 'd', 'e'].map(serverOf)
const fileFor = (serverId: string): ImportFile => ({
  ...{ importId: `import-${serverId}`, file: `${serverId}.csv`, rows: 3, mapping: ['cidr'], notes: [], detected: ',' },
  ...{ columns: [{ name: 'cidr', samples: ['192.0.2.1'] }], fields: ipRule.fields },
})
const plan = { counts: {}, flagged: 0, expired: 0, guards: [], warnings: [], checkedAt: '2026-11-28T12:00:00Z' }

const closed: string[] = []
let applied: (summary: object) => void = () => undefined
const listeners = new Map<string, (payload: unknown) => void>()
const ok = (value: unknown) => Promise.resolve({ ok: true, value })

beforeEach(async () => {
  closed.length = 0
  const call = {
    'workspace:get': () => ok({ servers, folders: [] }),
    'imports:choose': ({ serverId }: { serverId: string }) => ok(fileFor(serverId)),
    'imports:close': ({ importId }: { importId: string }) => ok(void closed.push(importId)),
    'imports:map': () => ok(plan),
    'imports:apply': () => new Promise((resolve) => (applied = (value) => resolve({ ok: true, value }))),
  }
  const on = new Proxy(
    {},
    {
      get: (_, event: string) => (run: never) => {
        listeners.set(event, run)
        return () => undefined
      },
    },
  )
  vi.stubGlobal('fleet', {
    call: new Proxy(call, { get: (known, key) => Reflect.get(known, key) ?? (() => ok(null)) }),
    on,
  })
  setActivePinia(createPinia())
  await useWorkspace().refresh()
})

/** The panel of an import into this server. */
function panel(serverId: string) {
  const scope = effectScope()
  const run = scope.run(() => useImport(() => serverOf(serverId), 'ip-rules'))
  if (run === undefined) throw new Error('the scope has ended')
  panels.push(scope)
  return { run, close: () => scope.stop() }
}
const panels: { stop: () => void }[] = []
afterEach(() => {
  for (const scope of panels.splice(0)) scope.stop()
  for (const { id } of servers) dropSuspended(`import-${id}`)
})

/** Opens an import and has the session of its server end. */
async function suspended(serverId: string) {
  const { run, close } = panel(serverId)
  await run.choose()
  listeners.get('session:changed')?.({ serverId, phase: 'signed-out', address: 'first' })
  close()
  return run
}

it('a correction, the note and the step are there again with the next session', async () => {
  const first = panel('a')
  await first.run.choose()
  await first.run.makePlan()
  first.run.correction.value = { rowId: '3', texts: { cidr: '192.0.2.9' }, isOut: false }
  first.run.confirmation.value = { acknowledged: true, typedName: 'x', override: '', note: 'INC-1' }
  first.close()
  expect(closed).toEqual([])

  const { run } = panel('a')
  await vi.waitFor(() => expect(run.step.value).toBe('plan'))
  expect(run.correction.value).toEqual({ rowId: '3', texts: { cidr: '192.0.2.9' }, isOut: false })
  expect(run.confirmation.value).toEqual({ acknowledged: false, typedName: '', override: '', note: 'INC-1' })
  void run.leave(() => undefined)
  expect(openQuestion.value?.text).toContain('a.csv is not imported yet')
  openQuestion.value?.respond(true)
  await vi.waitFor(() => expect(closed).toEqual(['import-a']))
})

it('the oldest import is closed for a fifth one only after a question that names all', async () => {
  for (const id of ['a', 'b', 'c', 'd']) await suspended(id)
  const { imports } = useSuspendedImports()
  expect(imports.value.map(({ serverId }) => serverId)).toEqual(['a', 'b', 'c', 'd'])

  const { run } = panel('e')
  const refused = run.choose()
  await vi.waitFor(() => expect(openQuestion.value).toBeDefined())
  const text = openQuestion.value?.text ?? ''
  for (const id of ['a', 'b', 'c', 'd']) expect(text).toContain(`${id}.csv (IP rules, PBX ${id})`)
  expect(text).toContain('a.csv (IP rules, PBX a) will be closed')
  openQuestion.value?.respond(false)
  await refused
  expect(run.file.value).toBeUndefined()
  expect(closed).toEqual(['import-e'])
  closed.length = 0

  const chosen = run.choose()
  await vi.waitFor(() => expect(openQuestion.value).toBeDefined())
  openQuestion.value?.respond(true)
  await chosen
  expect(run.file.value?.importId).toBe('import-e')
  expect(closed).toEqual(['import-a'])
  expect(imports.value.map(({ serverId }) => serverId)).toEqual(['b', 'c', 'd'])
})

it('an import into a removed server, and one that was applied meanwhile, are not asked about', async () => {
  await suspended('a')
  const { imports } = useSuspendedImports()
  expect(imports.value).toHaveLength(1)
  listeners.get('workspace:changed')?.({ servers: servers.slice(1), folders: [] })
  expect(imports.value).toHaveLength(0)

  const { run, close } = panel('b')
  await run.choose()
  const sent = run.send()
  close()
  expect(imports.value).toHaveLength(1)
  applied({ id: 'p', state: 'applying' })
  await sent
  expect(imports.value).toHaveLength(0)
  expect(closed).toEqual(['import-b'])
})

it('an import that the user discards with its page is not there again', async () => {
  const { run, close } = panel('a')
  await run.choose()
  const left = run.canLeavePage()
  openQuestion.value?.respond(true)
  expect(await left).toBe(true)
  close()
  expect(useSuspendedImports().imports.value).toEqual([])
  expect(closed).toEqual(['import-a'])
})

it('the removal of a server names its suspended import', async () => {
  await suspended('a')
  const textFor = (serverId: string) =>
    mount(RemoveServerDialog, {
      props: { serverId },
      global: { mocks: {}, stubs: { AppDialog: { template: '<div><slot /></div>' } } },
    }).text()
  expect(textFor('a')).toContain('the import of a.csv (IP rules, PBX a), with its corrected rows')
  expect(textFor('b')).not.toContain('the import of')
})
