import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import KeychainNote from '@/features/session/KeychainNote.vue'
import SignedOutPanel from '@/features/session/SignedOutPanel.vue'
import type { SessionState } from '@shared/domain/session'
import { useKeychain } from '@/stores/keychain'
import { server, session } from '../../shared/fleet/sample'

beforeEach(() => {
  vi.stubGlobal('fleet', { call: {}, on: new Proxy({}, { get: () => () => () => undefined }) })
})

function noteOf(undeleted?: SessionState['undeleted'], state: 'ok' | 'memory' = 'ok'): string {
  const pinia = createPinia()
  setActivePinia(pinia)
  useKeychain().status = { state, message: '', hint: '' }
  const patch = undeleted === undefined ? {} : { undeleted }
  return mount(KeychainNote, { props: { session: patch }, global: { plugins: [pinia] } }).text()
}

it('states what may still be in the keychain, that it is not used, and when it is deleted', () => {
  expect(noteOf()).toBe('')
  expect(noteOf(['refresh'])).toBe(
    'An earlier session of this server may still be in the system keychain. It is not used, and deleted as soon as the keychain allows it.',
  )
  expect(noteOf(['password', 'refresh'])).toContain('An earlier password and session of this server may')
  expect(noteOf(['password'], 'memory')).toContain('deleted when the app starts next time and the keychain responds.')
})

it.each([
  [{ passwordStored: false }, 'Enter the password when you sign in.'],
  [{ passwordStored: true }, 'The password is saved in the system keychain.'],
  [{ passwordStored: true, passwordInMemory: true as const }, 'The password is kept until you quit.'],
])('signed out, %j: %s', (patch, text) => {
  const props = { server: server({}), session: session({ phase: 'signed-out', ...patch }) }
  expect(mount(SignedOutPanel, { props, global: { plugins: [createPinia()] } }).text()).toContain(text)
})
