import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import SignInPanel from '@/features/session/SignInPanel.vue'
import { server, session } from '../../shared/fleet/sample'

let sent: unknown[] = []
beforeEach(() => {
  sent = []
  const call = (channel: string) => (args: unknown) => {
    if (channel === 'session:signIn') sent.push(args)
    return new Promise(() => undefined)
  }
  vi.stubGlobal('fleet', {
    call: new Proxy({}, { get: (_, channel) => call(String(channel)) }),
    on: new Proxy({}, { get: () => () => () => undefined }),
  })
})
afterEach(() => document.body.replaceChildren())

const refused = { code: 'refused', message: 'The PBX refused the saved password' } as const

/** The panel of a server with a saved password, after Enter in its empty field. */
async function enter(passwordRefused: boolean) {
  const wrapper = mount(SignInPanel, {
    props: {
      server: server({ username: 'admin', passwordRefused }),
      session: session({ phase: 'needs-password', username: 'admin', ...(passwordRefused && { error: refused }) }),
    },
    global: { plugins: [createPinia()] },
    attachTo: document.body,
  })
  await flushPromises()
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  return wrapper
}

it('Enter in an empty field never sends a saved password that was refused, and says what to do', async () => {
  const wrapper = await enter(true)
  expect(sent).toEqual([])
  expect(wrapper.text()).not.toContain('Leave empty')
  expect(wrapper.text()).toContain(refused.message)
  expect(wrapper.find('[role=alert].error').text()).toBe('Enter the password')
  expect((document.activeElement as HTMLInputElement).type).toBe('password')
  // Another account may have this password.
  await wrapper.find('input').setValue('supervisor')
  await wrapper.find('form').trigger('submit')
  expect(sent).toEqual([expect.objectContaining({ username: 'supervisor' })])
  wrapper.unmount()
})

it('a saved password that was not refused is used with an empty field', async () => {
  const wrapper = await enter(false)
  expect(sent).toEqual([expect.not.objectContaining({ password: expect.anything() })])
  wrapper.unmount()
})
