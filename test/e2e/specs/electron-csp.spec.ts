import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

const csp: readonly [title: string, directive: string, attempt: (url: string) => unknown][] = [
  [
    'an inline script',
    'script-src-elem',
    () =>
      document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.attempted = 1' })),
  ],
  [
    'an inline event handler',
    'script-src-attr',
    () => {
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.attempted = 1')
      document.body.append(button)
      button.click()
      button.remove()
    },
  ],
  // Later, as what the inspector runs itself may do more than the page.
  ['eval', 'script-src', () => void setTimeout(() => (0, eval)('window.attempted = 1'))],
  ['a function made of text', 'script-src', () => void setTimeout(() => new Function('window.attempted = 1')())],
  [
    'a script from elsewhere',
    'script-src-elem',
    (url) => document.head.append(Object.assign(document.createElement('script'), { src: `${url}/script.js` })),
  ],
  [
    'a script of a blob',
    'script-src-elem',
    () => {
      const src = URL.createObjectURL(new Blob(['window.attempted = 1'], { type: 'text/javascript' }))
      document.head.append(Object.assign(document.createElement('script'), { src }))
    },
  ],
  ['a worker', 'worker-src', () => void setTimeout(() => new Worker('data:text/javascript,0'))],
  ['an image from elsewhere', 'img-src', (url) => void (new Image().src = `${url}/image.png`)],
  ['a fetch', 'connect-src', (url) => fetch(`${url}/fetch`).catch(() => undefined)],
  ['a web socket', 'connect-src', (url) => void new WebSocket(url.replace('http', 'ws'))],
  ['a beacon', 'connect-src', (url) => navigator.sendBeacon(`${url}/beacon`, 'x')],
  [
    'a style sheet from elsewhere',
    'style-src-elem',
    (url) =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/style.css` }),
      ),
  ],
  [
    'a style attribute in markup',
    'style-src-attr',
    () => document.createElement('div').insertAdjacentHTML('beforeend', '<p style="color: red">x</p>'),
  ],
  [
    'a frame',
    'frame-src',
    (url) => document.body.append(Object.assign(document.createElement('iframe'), { src: `${url}/frame` })),
  ],
  [
    'an object',
    'object-src',
    (url) => document.body.append(Object.assign(document.createElement('object'), { data: `${url}/object` })),
  ],
  [
    'a form that is sent',
    'form-action',
    (url) => {
      const form = Object.assign(document.createElement('form'), { action: `${url}/form`, method: 'post' })
      document.body.append(form)
      form.submit()
      form.remove()
    },
  ],
  [
    'another base',
    'base-uri',
    (url) => document.head.append(Object.assign(document.createElement('base'), { href: url })),
  ],
]

test('the page itself does nothing that content security refuses', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 3, tenants: 2 }))
  const { page } = fleet
  const refused: string[] = []
  await page.exposeFunction('onRefused', (text: string) => void refused.push(text))
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile }) => {
      const { onRefused } = globalThis as unknown as { readonly onRefused: (text: string) => void }
      onRefused(`${effectiveDirective} in ${sourceFile}`)
    }),
  )
  await fleet.reload()
  for (const [resource, tab] of [
    ['ip-rules', 'IP rules'],
    ['system-settings', 'Settings'],
    ['tenants', 'Tenants'],
  ] as const)
    await new RecordPage(page, resource, tab).open()
  await page.getByRole('button', { name: 'New tenant', exact: true }).click()
  await page.locator('.field[data-field=domain] input').fill('a b.example')
  await page.locator('.field[data-field=domain] input').blur()
  await expect(page.locator('.field[data-field=domain]')).toContainText('no spaces')
  expect(refused).toEqual([])
})

for (const [title, directive, attempt] of csp) {
  test(`content security refuses ${title}`, async ({ sharedFleet: { page }, outside }) => {
    const refused = page.evaluate(
      () =>
        new Promise<string>((done) =>
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => done(effectiveDirective), {
            once: true,
          }),
        ),
    )
    await page.evaluate(attempt, outside.url)
    expect(await refused).toBe(directive)
    expect(await page.evaluate(() => 'attempted' in window)).toBe(false)
  })
}
