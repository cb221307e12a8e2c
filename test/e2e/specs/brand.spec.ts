import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

const png = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  randomBytes(600_000),
])

test('the rebranding form is filled in, its image uploaded, and the values that were sent are remembered', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx, { protection: 'type-name' })
  const { page } = fleet
  const brand = new RecordPage(page, 'brand', 'Rebranding')
  await brand.open()
  await expect(page.getByTestId('last-sent')).toContainText('has not sent branding to this server')

  const [svg, logo] = [join(fleet.profile, 'logo.svg'), join(fleet.profile, 'logo.png')]
  await writeFile(svg, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  await writeFile(logo, png)
  await fleet.answerDialogs([svg, logo])
  const picture = page.getByRole('group', { name: 'Logo' })
  await picture.getByRole('button', { name: 'Choose image…' }).click()
  await expect(picture.getByRole('alert')).toContainText('logo.svg is an SVG')
  await picture.getByRole('button', { name: 'Choose image…' }).click()
  await expect(picture).toContainText('image/png')

  await page.getByText('Purple').click()
  await brand.input('title').fill('Acme Voice')
  await brand.input('bottom_text').fill('x'.repeat(257))
  await brand.review()
  await expect(brand.problem('bottom_text')).toHaveText('Maximum 256 characters (257 entered)')
  await brand.input('bottom_text').fill('Call <b>1234</b>')
  await expect(page.frameLocator('iframe').locator('b')).toHaveText('1234')
  await brand.review()
  await expect(brand.panel).toContainText('without signing in')
  await expect(brand.panel.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await brand.panel.getByRole('textbox', { name: /type the name/ }).fill('Acme')
  await brand.save('Apply')
  await expect(brand.panel).toContainText('The API does not return it')
  await brand.closePanel()

  await expect(page.getByTestId('last-sent')).toContainText('This app last sent branding on')
  await expect(brand.root).toContainText('Last sent: Acme Voice')
  await expect(brand.input('title')).toHaveValue('')
  const uploaded = pbx.requests.find(({ path }) => path.endsWith('/complete'))?.answer as { id: string }
  expect(pbx.requests.filter(({ path }) => path === '/brand').map(({ body }) => body)).toEqual([
    { theme: 'PURPLE', title: 'Acme Voice', bottom_text: 'Call <b>1234</b>', logo: uploaded.id },
  ])
  expect(pbx.unfinishedUploads()).toBe(0)
})

test('HTML of the brand runs nothing, loads nothing and leads nowhere', async ({ launch, startPbx, outside }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const brand = new RecordPage(page, 'brand', 'Rebranding')
  await brand.open()
  const { url } = outside
  const frame = page.frameLocator('iframe')
  const show = async (html: string) => {
    await brand.input('bottom_text').fill(`${html}<i id=end>end</i>`)
    await expect(frame.locator('#end')).toHaveText('end')
  }
  const title = await page.title()
  for (const html of [
    `<script>top.document.title = 'owned'; location = '${url}/script'</script>`,
    `<img src=${url}/img onerror="top.document.title='owned'"><link rel=stylesheet href=${url}/css>`,
    `<meta http-equiv=refresh content="0;url=${url}/refresh">`,
    `<style>@import url(${url}/import); body { background: url(${url}/background) }</style>`,
    `<iframe src=${url}/frame></iframe><object data=${url}/object></object><base href=${url}>`,
    `<svg><image href=${url}/svg /></svg><video src=${url}/video autoplay></video>`,
  ])
    await show(html)
  await show(
    `<a id=a href=${url}/link>link</a> <a id=b target=_blank href=${url}/blank>blank</a> <a id=c target=_top href=${url}/top>top</a>`,
  )
  const press = async (what: string) => {
    const { x, y, width, height } = (await frame.locator(what).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.click(x + width / 2, y + height / 2)
    await expect(frame.locator('#end')).toHaveText('end')
  }
  for (const id of ['a', 'b', 'c']) await press(`#${id}`)
  // Even a click that got through would lead nowhere.
  for (const id of ['b', 'c']) await frame.locator(`#${id}`).dispatchEvent('click')
  await expect(frame.locator('#end')).toHaveText('end')
  await show(`<form action=${url}/form method=post><input name=x><button>Send</button></form>`)
  await press('button')
  await frame.locator('button').dispatchEvent('click')
  await expect(frame.locator('#end')).toHaveText('end')
  await show(`<a id=a href=${url}/link>link</a>`)
  await frame.locator('#a').dispatchEvent('click')
  await expect(frame.locator('#end')).toHaveCount(0)
  await show('Fine')
  expect(await page.title()).toBe(title)
  expect(page.url()).toContain('app://fleet')
  expect(await fleet.contentsCount()).toBe(1)
  expect(outside.hits).toEqual([])
})
