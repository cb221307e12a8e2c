import { expect, test } from '../fixtures'
import { pinnedPolicy } from '../pinned'

const outOfFolder = [
  'app://fleet/../../package.json',
  'app://fleet/%2e%2e/%2e%2e/package.json',
  'app://fleet/..%2f..%2fpackage.json',
  'app://fleet/..%5c..%5cpackage.json',
  'app://fleet/assets/..\\..\\..\\package.json',
  'app://fleet/index.html%00.js',
  'app://fleet//etc/passwd',
  'app://fleet/.hidden.js',
  'app://fleet/',
  'app://elsewhere/index.html',
  'app://fleet/assets',
]
for (const url of outOfFolder) {
  test(`nothing is served for ${url}`, async ({ sharedFleet: fleet }) => {
    const status = await fleet.app.evaluate(
      ({ session }, asked) =>
        session.defaultSession.fetch(asked, { bypassCustomProtocolHandlers: false }).then(
          (reply) => reply.status,
          () => 'refused' as const,
        ),
      url,
    )
    expect([404, 'refused']).toContain(status)
  })
}

test('a POST to our own page is refused', async ({ sharedFleet: fleet }) => {
  const status = await fleet.app.evaluate(({ session }) =>
    session.defaultSession.fetch('app://fleet/index.html', { method: 'POST', body: 'x' }).then(
      ({ status }) => status,
      () => 'refused' as const,
    ),
  )
  expect([404, 'refused']).toContain(status)
})

test('our own files are served with the policy', async ({ sharedFleet: fleet }) => {
  const served = await fleet.app.evaluate(async ({ session }) => {
    const reply = await session.defaultSession.fetch('app://fleet/index.html')
    return { status: reply.status, headers: Object.fromEntries(reply.headers as unknown as Iterable<[string, string]>) }
  })
  expect(served.status).toBe(200)
  expect(served.headers['content-security-policy']?.split('; ').sort()).toEqual(pinnedPolicy)
  expect(served.headers['x-content-type-options']).toBe('nosniff')
})
