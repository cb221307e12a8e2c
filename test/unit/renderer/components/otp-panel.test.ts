import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import OtpPanel from '@/features/session/OtpPanel.vue'
import type { SessionState } from '@shared/domain/session'
import { useSessions } from '@/stores/sessions'
import { server, session } from '../../shared/fleet/sample'

const start = Date.parse('2026-11-28T06:00:00Z')
let sent: string[] = []
let replies: unknown[] = []

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date', 'setInterval', 'clearInterval'] })
  sent = []
  replies = []
  const call = (channel: string) => (args: unknown) => {
    if (channel === 'session:verifyOtp' || channel === 'session:resendOtp')
      sent.push(`${channel} ${JSON.stringify(args)}`)
    return Promise.resolve(replies.shift())
  }
  vi.stubGlobal('fleet', {
    call: new Proxy({}, { get: (_, channel) => call(String(channel)) }),
    on: new Proxy({}, { get: () => () => () => undefined }),
  })
})
afterEach(() => {
  document.body.replaceChildren()
  vi.useRealTimers()
})

const state = (patch: Partial<SessionState> = {}): SessionState =>
  session({ phase: 'needs-otp', username: 'admin', codeSentAt: new Date(start).toISOString(), ...patch })
const wrong = { code: 'refused', message: 'The code is wrong or expired' } as const

async function panel(of = state()) {
  const wrapper = mount(OtpPanel, {
    props: { server: server({ username: 'admin' }), session: of },
    global: { plugins: [createPinia()] },
    attachTo: document.body,
  })
  await flushPromises()
  const button = (text: string) => wrapper.findAll('button').find((found) => found.text() === text)
  const press = async (text: string) => {
    button(text)?.element.click()
    await flushPromises()
  }
  return { wrapper, button, press }
}

it('another code is sent after half a minute, once for six clicks, and its reply replaces the failure', async () => {
  const { wrapper, button, press } = await panel()
  replies = [{ ok: true, value: state({ failures: 1, error: wrong }) }]
  await wrapper.get('input').setValue('Code: 000 000')
  await press('Sign in')
  expect(wrapper.get('input').element.value).toBe('000000')
  expect(wrapper.get('[role=alert]').text()).toContain(wrong.message)

  for (let click = 0; click < 6; click++) await press('Resend code')
  expect(button('Resend code')?.attributes('title')).toBe('Another code can be sent in 30 seconds')
  expect(sent.filter((call) => call.startsWith('session:resendOtp'))).toEqual([])

  vi.advanceTimersByTime(30_000)
  await flushPromises()
  expect(button('Resend code')?.attributes('title')).toBeUndefined()
  replies = [
    { ok: true, value: state({ failures: 1, error: wrong, codeSentAt: new Date(start + 30_000).toISOString() }) },
  ]
  await press('Resend code')
  await wrapper.setProps({ session: useSessions().state(state().serverId) })
  for (let click = 0; click < 6; click++) await press('Resend code')
  expect(sent.filter((call) => call.startsWith('session:resendOtp'))).toHaveLength(1)
  expect(wrapper.find('[role=alert]').exists()).toBe(false)
  expect(wrapper.get('[role=status]').text()).toBe('Code sent. Only the latest code is valid.')
  wrapper.unmount()
})

it('six clicks before the PBX has replied send one code, also if the reply is a failure', async () => {
  const { wrapper, button } = await panel(state({ codeSentAt: new Date(start - 60_000).toISOString() }))
  const resend = button('Resend code')?.element
  let reply: (value: unknown) => void = () => undefined
  replies = [new Promise((resolve) => (reply = resolve))]
  for (let click = 0; click < 6; click++) {
    resend?.click()
    await flushPromises()
  }
  expect(sent).toHaveLength(1)
  reply({ ok: false, error: { code: 'offline', message: 'Connection refused' } })
  await flushPromises()
  expect(wrapper.get('[role=alert]').text()).toContain('Connection refused')
  wrapper.unmount()
})

it('after the third wrong code, the code is confirmed before it is sent, and nothing is about passwords', async () => {
  const { wrapper, button, press } = await panel(state({ failures: 3, error: wrong }))
  expect(wrapper.text()).toContain('3 failed sign-ins')
  expect(wrapper.text().toLowerCase()).not.toContain('password')
  await wrapper.get('input').setValue('123456')
  await press('Sign in')
  expect(sent).toEqual([])
  expect(button('Sign in')?.attributes('title')).toBe('Confirm that you have checked the code')

  replies = [{ ok: true, value: state({ phase: 'signed-in', failures: 0 }) }]
  await wrapper.get('input[type=checkbox]').setValue(true)
  await press('Sign in')
  expect(sent).toEqual([expect.stringContaining('"code":"123456","confirmRisk":true')])
  wrapper.unmount()
})

it('text with more digits than one code is not sent, stays, and says what is expected', async () => {
  const { wrapper, press } = await panel()
  const typed = 'Your order 12345678 code 123456'
  await wrapper.get('input').setValue(typed)
  await press('Sign in')
  expect(sent).toEqual([])
  expect(wrapper.get('input').element.value).toBe(typed)
  expect(wrapper.get('[role=alert]').text()).toContain('Enter only the code')
  wrapper.unmount()
})
