import { afterEach, expect, it } from 'vitest'
import { Harness } from './harness'

const harness = new Harness()
afterEach(() => harness.close())

it('a saved password that was refused is not tried in the next run either, until a sign-in succeeds', async () => {
  const { pbx, id } = await harness.add()
  await harness.keychain.set(id, 'password', 'Wrong-Password-1')
  const sent = (): number => pbx.requests.filter(({ path }) => path === '/auth/sign_in').length
  expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'needs-password', failures: 1 })
  expect(sent()).toBe(1)

  const next = harness.restart()
  expect(await next.connect(id)).toMatchObject({
    phase: 'needs-password',
    error: { code: 'refused', message: 'The PBX refused the saved password' },
  })
  expect(sent()).toBe(1)

  const { username, password } = pbx
  const args = { serverId: id, username, password, domain: '', remember: true, confirmRisk: false }
  const withSaved = { serverId: id, username, domain: '', remember: true, confirmRisk: false }
  await expect(next.signIn(withSaved)).rejects.toMatchObject({ detail: { code: 'refused' } })
  expect(sent()).toBe(1)
  expect(await next.signIn(args)).toMatchObject({ phase: 'signed-in' })
  const third = harness.restart()
  expect(await third.connect(id)).toMatchObject({ phase: 'signed-in' })
})

it('a saved password that is used with an empty field and refused is not sent again by the next run', async () => {
  const { pbx, id } = await harness.add()
  await harness.keychain.set(id, 'password', 'Wrong-Password-1')
  const sent = (): number => pbx.requests.filter(({ path }) => path === '/auth/sign_in').length
  const args = { serverId: id, username: pbx.username, domain: '', remember: true, confirmRisk: false }
  expect(await harness.sessions.signIn(args)).toMatchObject({ phase: 'needs-password', error: { code: 'refused' } })
  expect(await harness.restart().connect(id)).toMatchObject({ phase: 'needs-password' })
  expect(sent()).toBe(1)
})

it('a server whose proxy answers for it stays unreachable, and gets no password from a check', async () => {
  const { pbx, id } = await harness.add()
  await harness.keychain.set(id, 'password', pbx.password)
  await pbx.setFaults({ status: 502 })
  const { unreachable } = await harness.sessions.connect(id)
  expect(unreachable?.error.message).toMatch(/502/)
  const sent = (): number => pbx.requests.filter(({ path }) => path === '/auth/sign_in').length
  const before = sent()
  await expect(harness.sessions.check(id)).rejects.toMatchObject({ detail: { status: 502 } })
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'unreachable', unreachable: { since: unreachable?.since } })
  await pbx.clearFaults()
  await harness.sessions.check(id)
  expect(harness.sessions.state(id).phase).toBe('signed-out')
  expect(sent()).toBe(before)
})
