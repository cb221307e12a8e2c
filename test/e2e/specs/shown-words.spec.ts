import { expect, test } from '../fixtures'

test('a retired word in a text or a name of the window fails the test that showed it, also after a reload', async ({
  sharedFleet: fleet,
}) => {
  await fleet.page.evaluate(() => {
    document.body.append('The licence of this server')
  })
  await expect(fleet.forgetPrinted()).rejects.toThrow('The licence of this server')
  await fleet.reload()
  await fleet.page.evaluate(() => document.body.firstElementChild?.setAttribute('aria-label', 'Chosen rules'))
  await expect(fleet.forgetPrinted()).rejects.toThrow('Chosen rules')
  await fleet.reload()
  await fleet.forgetPrinted()
})
