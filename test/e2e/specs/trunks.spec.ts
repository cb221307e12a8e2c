import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

test('DIDs of a trunk are assigned to tenants, changed, found and unassigned', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const trunks = new RecordPage(page, 'trunk-assignments', 'Trunk assignments')
  await trunks.open()
  const trunk = (name: string) =>
    page
      .getByRole('listbox', { name: 'Trunks' })
      .getByRole('option', { name, exact: false })
      .filter({ has: page.getByText(name, { exact: true }) })
  await expect(trunk('<img src=x onerror=alert(1)>')).toBeVisible()
  await expect(trunks.rows.first()).toContainText('4930901000-')

  await trunk('Lab').click()
  await expect(trunks.root).toContainText('No tenant has numbers of this trunk')
  await trunks.root.getByRole('button', { name: 'New assignment' }).click()
  await page
    .getByRole('textbox', { name: 'Find a tenant' })
    .or(page.getByRole('searchbox', { name: 'Find a tenant' }))
    .fill('tenant3.example')
  await expect(page.getByRole('list', { name: 'Tenants' }).getByRole('listitem')).toHaveCount(1)
  await page.getByRole('list', { name: 'Tenants' }).getByRole('button').click()

  const numbers = trunks.field('did_numbers')
  await fleet.app.evaluate(({ clipboard }) =>
    clipboard.writeText('+49 30 123-00 to 123-99,\t004930555\n5000 5001; 2000-1000'),
  )
  await trunks.input('did_numbers').click()
  await page.keyboard.press('Control+v')
  await expect(numbers.getByTestId('did-changes')).toContainText('“+49 30 123-00 to 123-99” was read as')
  await trunks.review()
  await expect(trunks.problem('did_numbers')).toContainText('starts with +, which the PBX does not accept')
  await numbers.getByRole('button', { name: 'Remove prefixes' }).click()
  await numbers.getByRole('button', { name: '2 numbers: 5000;5001' }).click()
  await numbers.getByRole('button', { name: 'Swap: 1000-2000' }).click()
  await numbers.getByRole('button', { name: 'Sort' }).click()
  await numbers.getByRole('button', { name: 'Merge adjacent ranges' }).click()
  await expect(trunks.input('did_numbers')).toHaveValue('1000-2000\n5000-5001\n4930555\n493012300-493012399')
  await expect(numbers.getByTestId('did-count')).toHaveText('1,104 numbers in 4 entries')
  await trunks.input('concurrency').fill('10')
  await trunks.review()
  await trunks.save('Create assignment')
  await expect(trunks.panel).toContainText('Saved and verified on')
  await trunks.closePanel()
  await expect(trunks.row('tenant3.example')).toContainText('1,104')

  // End points count, and the other tenant is named before anything is sent.
  await trunks.root.getByRole('button', { name: 'New assignment' }).click()
  await expect(page.getByRole('button', { name: /tenant3\.example/ })).toBeDisabled()
  await page.getByRole('button', { name: /tenant5\.example/ }).click()
  await trunks.input('did_numbers').fill('2000-3000')
  await expect(page.getByTestId('overlaps')).toContainText('2000 is in 1000-2000 of')
  await expect(page.getByTestId('overlaps')).toContainText('tenant3.example')
  await trunks.review()
  await expect(trunks.panel.locator('[data-guard=number-overlap]')).toContainText('tenant3.example')
  await expect(trunks.panel.getByRole('button', { name: 'Create assignment' })).toBeDisabled()
  await trunks.panel.getByRole('button', { name: 'Back' }).click()
  await trunks.input('did_numbers').fill('2001-3000')
  await trunks.review()
  await trunks.save('Create assignment')
  await trunks.closePanel()

  // A pool that shrinks names what goes.
  await trunks.row('tenant3.example').dblclick()
  await trunks.input('did_numbers').fill('1000-1500')
  await trunks.review()
  await expect(trunks.panel).toContainText('1501-2000, 5000-5001, 4930555, 493012300-493012399 would no longer belong')
  await expect(trunks.panel).toContainText('Before 22.6.3')
  await trunks.save()
  await trunks.closePanel()

  const who = page.getByRole('searchbox', { name: 'Find the owner of a DID' })
  await who.fill('+2500')
  await expect(page.getByTestId('who-has')).toContainText('tenant5.example')
  await who.fill('4930901')
  await expect(page.getByTestId('who-has')).toContainText('Ranges starting with these digits')
  await who.fill('9')
  await expect(page.getByTestId('who-has')).toContainText('No tenant has this number')
  await who.fill('')

  // On this version, taking the trunk from one tenant could break it for the other.
  await trunks.delete('tenant3.example')
  await expect(trunks.panel.locator('[data-guard=trunk-tenants]')).toContainText('tenant5.example')
  await expect(trunks.panel).toContainText('stop in both directions')
  await trunks.panel.getByRole('textbox', { name: /to continue anyway/ }).fill('OVERRIDE')
  await trunks.panel.getByRole('button', { name: 'Unassign' }).click()
  await expect(trunks.row('tenant5.example')).toBeVisible()
  await expect(trunks.row('tenant3.example')).toHaveCount(0)

  const sent = pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/providers'))
  expect(sent.map(({ body }) => body)).toEqual([
    { did_numbers: '1000-2000;5000-5001;4930555;493012300-493012399', concurrency: 10 },
    { did_numbers: '2001-3000' },
    { did_numbers: '1000-1500', concurrency: 10 },
    undefined,
  ])
})
