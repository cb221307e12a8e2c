import type { Page } from 'playwright'
import { expect, test } from '../fixtures'

test('no request of the window leaves app://', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await fleet.app.evaluate(({ session }) => {
    const seen: string[] = []
    Object.assign(globalThis, { seenRequests: seen })
    session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
      seen.push(details.url)
      answer({})
    })
  })
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-app-state', 'ready')
  for (const name of ['Exports', 'Settings', 'Fleet']) await page.getByRole('link', { name, exact: true }).click()
  const seen = await fleet.app.evaluate(() => (globalThis as unknown as { seenRequests: string[] }).seenRequests)
  expect(asked.length).toBeGreaterThan(3)
  expect([...asked, ...seen].filter((url) => !url.startsWith('app://fleet/'))).toEqual([])
})

interface Attempt {
  readonly title: string
  readonly go: (page: Page, url: string) => Promise<unknown>
  /** What main writes into its log; without it Chromium refuses before main is asked. */
  readonly logged?: string
}

const away = 'navigation refused'
const opened = 'window refused'
const attempts: readonly Attempt[] = [
  { title: 'location', logged: away, go: (page, url) => page.evaluate((to) => void (location.href = to), url) },
  { title: 'location.replace', logged: away, go: (page, url) => page.evaluate((to) => location.replace(to), url) },
  { title: 'window.open', logged: opened, go: (page, url) => page.evaluate((to) => void window.open(to), url) },
  {
    title: 'window.open that asks for Node',
    logged: opened,
    go: (page, url) => page.evaluate((to) => void window.open(to, 'x', 'nodeIntegration=1,popup'), url),
  },
  { title: 'meta refresh', logged: away, go: refresh },
  { title: 'a link', logged: away, go: (page, url) => clickLink(page, url) },
  {
    title: 'a link for a new window',
    logged: opened,
    go: (page, url) => clickLink(page, url, { attributes: { target: '_blank' } }),
  },
  { title: 'a middle click', logged: opened, go: (page, url) => clickLink(page, url, { button: 'middle' }) },
  {
    title: 'a click with Ctrl',
    logged: opened,
    go: (page, url) => clickLink(page, url, { modifiers: ['ControlOrMeta'] }),
  },
  { title: 'a javascript: link', go: (page) => clickLink(page, 'javascript:void(window.attempted = 1)') },
  { title: 'a file: link', go: (page) => clickLink(page, 'file:///etc/passwd') },
  { title: 'a data: link', go: (page) => clickLink(page, 'data:text/html,<h1>x</h1>') },
  { title: 'a drag of a link onto the window', go: dropUrl },
]

async function refresh(page: Page, url: string): Promise<void> {
  await page.evaluate((to) => {
    const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${to}` })
    document.head.append(meta)
    meta.remove()
  }, url)
}

interface Click {
  readonly attributes?: Record<string, string>
  readonly button?: 'left' | 'middle'
  readonly modifiers?: 'ControlOrMeta'[]
}

async function clickLink(
  page: Page,
  href: string,
  { attributes = {}, button = 'left', modifiers = [] }: Click = {},
): Promise<void> {
  const { x, y } = await page.evaluate(
    ({ to, extra }) => {
      const link = Object.assign(document.createElement('a'), { href: to, id: 'way-out', textContent: 'out', ...extra })
      link.style.cssText = 'position: fixed; inset: 40% auto auto 40%; z-index: 9999; padding: 20px'
      document.body.append(link)
      return { x: link.getBoundingClientRect().x + 20, y: link.getBoundingClientRect().y + 20 }
    },
    { to: href, extra: attributes },
  )
  for (const modifier of modifiers) await page.keyboard.down(modifier)
  // Not a locator's click: that one would wait for the page which is refused.
  await page.mouse.click(x, y, { button })
  for (const modifier of modifiers) await page.keyboard.up(modifier)
  await page.evaluate(() => document.getElementById('way-out')?.remove())
}

async function dropUrl(page: Page, url: string): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const data = { items: [{ mimeType: 'text/uri-list', data: url }], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data })
  await client.detach()
}

for (const { title, go, logged } of attempts) {
  test(`the window stays on its page after ${title}`, async ({ sharedFleet: fleet, outside }) => {
    const { page } = fleet
    const [before, count] = [page.url(), await fleet.contentsCount()]
    const times = async (): Promise<number> => (await fleet.log()).split(logged ?? '').length
    const timesBefore = await times()
    await page.evaluate(() => Object.assign(window, { still: 'here' }))
    await go(page, outside.url)
    if (logged !== undefined) await expect.poll(times).toBeGreaterThan(timesBefore)
    expect(await page.evaluate(() => ['still', 'attempted'].map((name) => name in window))).toEqual([true, false])
    expect(page.url()).toBe(before)
    expect(await fleet.contentsCount()).toBe(count)
  })
}

test('a download that the page starts is refused', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  const state = fleet.app.evaluate(
    ({ session }) =>
      new Promise<string>((done) =>
        session.defaultSession.once('will-download', (event, item) =>
          setImmediate(() => done(event.defaultPrevented ? 'refused' : item.getState())),
        ),
      ),
  )
  await clickLink(page, await page.evaluate(() => URL.createObjectURL(new Blob(['x']))), {
    attributes: { download: 'x.exe' },
  })
  expect(await state).toBe('refused')
})

test('only named pages are opened in the browser', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  await fleet.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => {
      opened.push(url)
      return Promise.resolve()
    }
  })
  const replies = await page.evaluate(async () => {
    const open = window.fleet.call['app:openLink'] as (
      args: unknown,
    ) => Promise<{ ok: boolean; error?: { code: string } }>
    const tried = ['handbook', 'licenses', 'https://evil.example/', 'file:///etc/passwd', 'constructor', '__proto__']
    return Promise.all(tried.map(async (link) => (await open({ link })).error?.code ?? 'opened'))
  })
  expect(replies).toEqual(['opened', 'opened', ...Array.from({ length: 4 }, () => 'invalid-arguments')])
  const opened = await fleet.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  expect(opened).toHaveLength(2)
  expect(opened.filter((url) => !url.startsWith('https://'))).toEqual([])
})
