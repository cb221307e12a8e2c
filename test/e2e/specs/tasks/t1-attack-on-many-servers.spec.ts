import type { Locator } from 'playwright'
import type { PracticePbx } from '@demo/practice-pbx'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { expect, test } from '../../fixtures'
import { seriousFindings } from '../../axe'
import { MergedPage } from '../../pages/merged'
import { PlansPage } from '../../pages/plans'
import { RolloutsPage } from '../../pages/rollouts'
import { signInToAll } from '../../servers'

const [readOnly, covered, alsoCovered, silent] = [2, 5, 8, 10]

const draftOf = (pbx: PracticePbx, at: number): ServerDraft => ({
  ...emptyServerDraft,
  name: `PBX ${String(at + 1).padStart(2, '0')}`,
  address: pbx.url,
  username: 'admin',
  folder: at % 2 === 0 ? 'Nord' : 'Süd',
  tags: at < 14 ? ['production'] : ['lab'],
  protection: at === readOnly ? 'read-only' : at === 4 ? 'type-name' : 'open',
})

/** What a server was sent about rules, with the ID of an existing rule as `*`. */
const sentTo = (pbx: PracticePbx): readonly string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters'))
    .map(({ path }) => path.replace(/^\/ip_filters\/[^/]+/, '/ip_filters/*'))

/** Performs what a technician does, and counts it. */
class Steps {
  count = 0

  async click(target: Locator): Promise<void> {
    this.count += 1
    await target.click()
  }

  async type(target: Locator, text: string): Promise<void> {
    this.count += 1
    await target.fill(text)
  }
}

test('T1: an attack is blocked on 14 servers of a tag: one is read-only, two are covered, one loses its response; the canary is reviewed, and the revert removes exactly what was created', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all(Array.from({ length: 16 }, () => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  servers[covered]?.addRule({ cidr: '41.0.0.0/8', target: 'DENY' })
  servers[alsoCovered]?.addRule({ cidr: '41.202.0.0/16', target: 'DENY', description: 'by hand' })
  await servers[silent]?.setFaults({ dropAfterReceive: true, onlyPath: 'POST /ip_filters', times: 1 })
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll, alone: true })
  const { page } = fleet
  const [table, rollouts, plans] = [new MergedPage(fleet, 'IP rules'), new RolloutsPage(page), new PlansPage(page)]
  const steps = new Steps()
  await expect(page.getByRole('navigation', { name: 'Fleet' })).toBeVisible()

  await steps.click(
    page.getByRole('navigation', { name: 'Fleet' }).getByRole('link', { name: 'IP rules', exact: true }),
  )
  await steps.click(table.root.getByRole('button', { name: 'Block addresses…' }).first())
  const { form } = rollouts
  await expect(form.getByRole('button', { name: 'Preview' })).toBeDisabled()
  await steps.type(form.getByLabel(/IP addresses or ranges/), '41.202.7.9/16')
  await expect(form.getByTestId('ranges')).toContainText('41.202.7.9/16 is sent as 41.202.0.0/16')
  await steps.click(form.getByRole('button', { name: 'In 30 d' }))
  await steps.type(form.getByLabel('Ticket or note'), 'INC-4711')
  await steps.type(form.getByRole('searchbox', { name: 'Filter servers' }), 'tag:production')
  await steps.click(form.getByRole('button', { name: 'Select all shown (14)' }))
  await expect(form.getByTestId('selected')).toHaveText('14 servers selected')
  expect(await seriousFindings(page)).toEqual([])
  await steps.click(form.getByRole('button', { name: 'Preview' }))

  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([
    /^11 servers: Create 1 rule/,
    /^2 servers: Already in place/,
    /^PBX 03: Read-only/,
  ])
  await expect(rollouts.panel.getByTestId('impact')).toHaveText(
    '11 steps on 11 servers in 2 folders. Nothing is sent to 3 servers.',
  )
  await expect(rollouts.panel.getByTestId('waves')).toHaveText('Waves: 1, 4, 6')
  await expect(rollouts.button('Apply (11)')).toBeDisabled()
  expect(servers.flatMap(sentTo)).toEqual([])
  expect(await seriousFindings(page)).toEqual([])
  await steps.type(rollouts.panel.getByLabel(/Type the number of servers/), '11')
  await steps.click(rollouts.button('Apply (11)'))

  await rollouts.at('review')
  await expect(rollouts.progress).toHaveText('Review after canary: 1 of 11 servers')
  expect(servers.flatMap(sentTo)).toEqual(['/ip_filters'])
  expect(sentTo(servers[0] as PracticePbx)).toEqual(['/ip_filters'])
  expect(await seriousFindings(page)).toEqual([])
  await steps.click(rollouts.button('Continue'))
  await rollouts.at('finished')
  await expect(rollouts.count('done')).toContainText('11')
  await expect(rollouts.count('alreadyInPlace')).toContainText('2')
  await expect(rollouts.count('notSent')).toContainText('1')
  const untouched = [readOnly, covered, alsoCovered, 14, 15]
  expect(servers.map(sentTo)).toEqual(servers.map((_, at) => (untouched.includes(at) ? [] : ['/ip_filters'])))
  for (const [at, pbx] of servers.entries())
    if (!untouched.includes(at))
      expect(pbx.rules()).toMatchObject([{ cidr: '41.202.0.0/16', target: 'DENY', description: 'INC-4711' }])
  await expect(rollouts.rows.filter({ hasText: 'PBX 06' })).toContainText('Covered by the block rule 41.0.0.0/8')
  expect(await seriousFindings(page)).toEqual([])

  // The incident is over.
  await steps.click(rollouts.button('Revert…'))
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^11 servers: Delete 1 rule/])
  await steps.type(rollouts.panel.getByLabel(/Type the number of servers/), '11')
  await steps.click(rollouts.button('Revert (11)'))
  await rollouts.at('finished')
  await expect(rollouts.count('done')).toContainText('11')
  expect(servers.map((pbx) => pbx.rules().map(({ cidr }) => cidr))).toEqual(
    servers.map((_, at) => (at === covered ? ['41.0.0.0/8'] : at === alsoCovered ? ['41.202.0.0/16'] : [])),
  )
  expect(servers.map(sentTo)).toEqual(
    servers.map((_, at) => (untouched.includes(at) ? [] : ['/ip_filters', '/ip_filters/*/destroy'])),
  )
  expect(steps.count).toBeLessThanOrEqual(14)

  // Both are one row each in the list of plans, and the journal has the ticket.
  await rollouts.button('Close').last().click()
  await expect(plans.rows).toHaveCount(2)
  await expect(plans.rows.first()).toContainText('Revert “Block 41.202.0.0/16” on 11 servers')
  await expect(plans.rows.nth(1)).toContainText('Block 41.202.0.0/16 on 11 servers')
  // A rollout is found by each of its servers.
  await page.getByRole('searchbox', { name: 'Search plans' }).fill('PBX 13')
  await expect(plans.rows).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Search plans' }).fill('PBX 16')
  await expect(plans.rows).toHaveCount(0)
  const journal = await fleet.call('journal:list', { query: { offset: 0, limit: 100 } })
  expect(journal.items).toHaveLength(22)
  expect(journal.items.filter(({ ticket }) => ticket === 'INC-4711')).toHaveLength(11)
})
