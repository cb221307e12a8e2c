import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordValues } from '@shared/domain/record'
import { overrideWord, type Confirmation } from '@shared/domain/write'
import type { ListId, ResourceId } from '@shared/resources/ids'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { ImportPage } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { JournalPage } from '../pages/journal'
import { PlansPage } from '../pages/plans'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'

const confirmation: Confirmation = { acknowledged: true, typedName: 'Acme', override: '' }
const place = { timezone: 'Europe/Vienna', currency: 'EUR', region: 'AUT' }
const rule = { cidr: '41.202.7.9/32', target: 'DENY', expire_at: null, description: 'Scanner' }
const otherCidr = '41.202.8.9/32'

/** What a person did before, made with the calls of the window. */
function changesOn(fleet: FleetApp, serverId: string) {
  const at = <R extends ResourceId>(resource: R) => ({ serverId, resource })
  return {
    create: async (resource: ListId, values: RecordValues) =>
      String((await fleet.call('records:create', { ...at(resource), values, confirmation })).after['id']),
    update: (resource: ResourceId, id: string | undefined, changes: RecordValues) =>
      fleet.call('records:update', { ...at(resource), ...(id && { id }), before: {}, changes, confirmation }),
    destroy: async (resource: ListId, id: string) => {
      const { id: planId } = await fleet.call('plans:previewDelete', { ...at(resource), ids: [id] })
      return fleet.call('plans:apply', { planId, confirmation })
    },
    /** Unassigns a trunk from a tenant; gives what the tenant has of the trunk now. */
    unassign: async () => {
      const { trunks } = await fleet.call('trunks:list', { serverId })
      const trunkIds = trunks.map(({ id }) => id)
      const [assignment] = (await fleet.call('trunks:pools', { serverId, trunkIds })).assignments
      const ids = { trunkId: assignment?.trunkId ?? '', tenantId: assignment?.id ?? '' }
      await fleet.call('trunks:unassign', {
        serverId,
        ...ids,
        confirmation: { ...confirmation, override: overrideWord },
      })
      const now = async () =>
        (await fleet.call('trunks:pools', { serverId, trunkIds: [ids.trunkId] })).assignments.find(
          ({ id }) => id === ids.tenantId,
        )
      return { before: assignment, now }
    },
    values: async (resource: ResourceId, id?: string) =>
      (await fleet.call('records:get', { ...at(resource), ...(id && { id }) })).values,
    names: async (resource: ListId, key: string) =>
      (await fleet.call('records:list', { ...at(resource), query: { offset: 0, limit: 100 } })).items.map(
        (row) => row[key],
      ),
  }
}
type Changes = ReturnType<typeof changesOn>

/** `make` gives a look at the server that is true once the change is reverted. `fill` gives what the review asks for. */
interface Case {
  readonly title: string
  readonly make: (on: Changes) => Promise<() => Promise<boolean>>
  readonly reversal: RegExp
  readonly fill?: (journal: JournalPage) => Promise<void>
}

const cases: readonly Case[] = [
  {
    title: 'a new rule',
    make: async (on) => {
      await on.create('ip-rules', rule)
      return async () => !(await on.names('ip-rules', 'cidr')).includes(rule.cidr)
    },
    reversal: /^Can be reverted$/,
  },
  {
    title: 'a changed rule',
    make: async (on) => {
      const id = await on.create('ip-rules', rule)
      await on.update('ip-rules', id, { description: 'Botnet' })
      return async () => (await on.values('ip-rules', id))['description'] === 'Scanner'
    },
    reversal: /^Can be reverted$/,
  },
  {
    title: 'a deleted rule',
    make: async (on) => {
      const id = await on.create('ip-rules', { ...rule, cidr: otherCidr })
      await on.destroy('ip-rules', id)
      return async () => (await on.names('ip-rules', 'cidr')).includes(otherCidr)
    },
    reversal: /^Can be reverted$/,
  },
  {
    title: 'a new transport',
    make: async (on) => {
      await on.create('transports', { protocol: 'UDP', port: 5099 })
      return async () => !(await on.names('transports', 'port')).includes(5099)
    },
    reversal: /^Can be reverted$/,
  },
  {
    title: 'a changed tenant',
    make: async (on) => {
      const id = await on.create('tenants', { name: 'Kunde Neu', domain: 'neu.example', ...place })
      await on.update('tenants', id, { domain: 'anders.example' })
      return async () => (await on.values('tenants', id))['domain'] === 'neu.example'
    },
    reversal: /^Can be reverted$/,
  },
  {
    title: 'a deleted dealer, with a new password',
    make: async (on) => {
      const dealer = { level: 'RESELLER', name: 'north', max_tenants: 10, max_extensions: 100 }
      const id = await on.create('dealers', { ...dealer, password: 'Valid-Word-58' })
      await on.destroy('dealers', id)
      return async () => (await on.names('dealers', 'name')).includes('north')
    },
    reversal: /^Partly: Password not restored$/,
    fill: (journal) => journal.panel.getByLabel('New password', { exact: true }).fill('Valid-Word-59'),
  },
  {
    title: 'an unassigned trunk',
    make: async (on) => {
      const { before, now } = await on.unassign()
      return async () => {
        const assignment = await now()
        return assignment?.did_numbers === before?.did_numbers && assignment?.concurrency === before?.concurrency
      }
    },
    reversal: /^Can be reverted$/,
  },
  {
    title: 'a setting with its secret',
    make: async (on) => {
      const before = (await on.values('notification'))['server']
      await on.update('notification', undefined, { server: 'smtp.elsewhere.example', password: 'Other-Secret-1' })
      return async () => (await on.values('notification'))['server'] === before
    },
    reversal: /^Partly: Password not restored$/,
  },
]

test('each kind of change is reverted from the journal, and the revert is a separate entry', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 3 }), { protection: 'ask' })
  const [server] = (await fleet.call('workspace:get', {})).servers
  const on = changesOn(fleet, server?.id ?? '')
  const shell = new Shell(fleet)
  const journal = new JournalPage(fleet.page)
  for (const { title, make, reversal, fill } of cases)
    await test.step(title, async () => {
      const isReverted = await make(on)
      await shell.goTo('Journal')
      await expect(journal.rows.first()).toContainText('Done')
      const before = await journal.changes()
      expect(await isReverted()).toBe(false)
      await journal.rows.first().dblclick()
      await expect(journal.panel.getByTestId('reversal')).toHaveText(reversal)
      await journal.panel.getByRole('button', { name: 'Revert…' }).click()
      await fill?.(journal)
      await expect(journal.panel.getByRole('button', { name: 'Revert change' })).toBeDisabled()
      await journal.panel.getByRole('checkbox', { name: /Revert this change on Acme/ }).check()
      await journal.panel.getByRole('button', { name: 'Revert change' }).click()
      await expect(journal.panel).toContainText('Reverted.')
      expect(await isReverted()).toBe(true)
      await journal.panel.getByRole('button', { name: 'Close' }).last().click()
      await expect.poll(() => journal.changes()).toBe(before + 1)
      await journal.rows.first().dblclick()
      await expect(journal.panel).toContainText(/Revert of entry \d+/)
      await journal.panel.getByRole('button', { name: 'Close' }).last().click()
      await shell.goTo('Fleet')
    })
})

test('what somebody else changed since is a conflict: it says so, and nothing is sent', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3 })
  const fleet = await launchSignedIn(launch, pbx)
  const [server] = (await fleet.call('workspace:get', {})).servers
  const on = changesOn(fleet, server?.id ?? '')
  const id = await on.create('ip-rules', rule)
  await on.update('ip-rules', id, { description: 'Mine' })
  await on.update('ip-rules', id, { description: 'Later' })
  await new Shell(fleet).goTo('Journal')
  const journal = new JournalPage(fleet.page)
  await journal.rows.nth(1).dblclick()
  await expect(journal.panel).toContainText('Change: Done.')
  expect(await seriousFindings(fleet.page)).toEqual([])
  await journal.panel.getByRole('button', { name: 'Revert…' }).click()
  expect(await seriousFindings(fleet.page)).toEqual([])
  await journal.panel.getByRole('button', { name: 'Revert change' }).click()
  await expect(journal.panel.getByRole('alert')).toContainText('This rule was changed on the server')
  expect((await on.values('ip-rules', id))['description']).toBe('Later')

  // The Edit menu leads to the newest change.
  await fleet.page.keyboard.press('Escape')
  await new Shell(fleet).goTo('Fleet')
  await new Shell(fleet).nativeMenu('revert-last')
  await expect(journal.panel).toContainText('Later')
  await expect(journal.panel.getByRole('button', { name: 'Revert…' })).toBeEnabled()
})

test('a change that cannot be reverted says why, and offers nothing', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ dealers: 1 }))
  const [server] = (await fleet.call('workspace:get', {})).servers
  const serverId = server?.id ?? ''
  const query = { offset: 0, limit: 1 }
  const [dealer] = (await fleet.call('records:list', { serverId, resource: 'dealers', query })).items
  const reset = { serverId, id: String(dealer?.['id']), password: 'Valid-Word-60', confirmation }
  await fleet.call('dealers:resetPassword', reset)
  await new Shell(fleet).goTo('Journal')
  const journal = new JournalPage(fleet.page)
  await expect(journal.rows.first()).toContainText(`dealer ${String(dealer?.['name'])}: password`)
  await journal.rows.first().dblclick()
  await expect(journal.panel.getByTestId('reversal')).toContainText('Cannot be reverted: Passwords')
  await expect(journal.panel.getByRole('button', { name: 'Revert…' })).toBeDisabled()
})

test('several selected entries are reverted together, one step for each record; the menu leads from there to the plan', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  const fleet = await launchSignedIn(launch, pbx)
  const [server] = (await fleet.call('workspace:get', {})).servers
  const on = changesOn(fleet, server?.id ?? '')
  const id = await on.create('ip-rules', rule)
  await on.update('ip-rules', id, { description: 'Botnet' })
  await on.create('ip-rules', { ...rule, cidr: otherCidr })
  await new Shell(fleet).goTo('Journal')
  const [journal, plans] = [new JournalPage(fleet.page), new PlansPage(fleet.page)]
  await expect(journal.rows.first()).toContainText(otherCidr)
  for (const text of ['Botnet', otherCidr])
    await journal.rows.filter({ hasText: text }).first().getByRole('checkbox').check()
  await journal.root.getByRole('button', { name: 'Revert…' }).click()
  await plans.at('ready')
  await expect(plans.steps).toHaveCount(2)
  await plans.button('Revert (2)').click()
  await plans.at('finished')
  await expect(plans.count('done')).toContainText('2')
  expect(pbx.rules()).toMatchObject([{ cidr: rule.cidr, description: 'Scanner' }])
  await plans.button('Close').last().click()
  await new Shell(fleet).nativeMenu('revert-last')
  await plans.at('finished')
  await expect(plans.panel).toContainText('Revert 2 changes on Acme')
})

test('an import of 1,000 rules is reverted as one plan, and other rules stay', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 0 })
  const { id } = pbx.addRule({ cidr: '41.77.8.9/32', target: 'DENY', description: 'Stays' })
  const fleet = await launchSignedIn(launch, pbx)
  const file = join(fleet.profile, 'feed.csv')
  const rows = Array.from({ length: 1000 }, (_, at) => `45.${at >> 8}.${at & 255}.0/24,DENY,,Feed`)
  await writeFile(file, ['cidr,target,expire_at,description', ...rows].join('\n'))
  await fleet.answerDialogs([file])
  const [rules, imports, plans] = [new IpRulesPage(fleet.page), new ImportPage(fleet.page), new PlansPage(fleet.page)]
  await rules.open()
  await imports.open()
  await imports.choose()
  await imports.check()
  await imports.confirm()
  await imports.send()
  await expect(plans.count('done')).toContainText('1,000')
  expect(pbx.rules()).toHaveLength(1001)
  await plans.button('Revert…').click()
  await plans.at('ready')
  await plans.button('Revert (1,000)').click()
  await plans.at('finished')
  await expect(plans.count('done')).toContainText('1,000')
  expect(pbx.rules().map((rule) => rule.id)).toEqual([id])
})
