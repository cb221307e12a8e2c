import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { AppError, Result } from '@shared/ipc/result'
import AppDialog from '@/components/AppDialog.vue'
import SidePanel from '@/components/form/SidePanel.vue'
import { useWrite } from '@/components/form/use-write'
import { useReading } from '@/composables/reading'

const refused: AppError = { code: 'rejected', message: 'Refused', fields: [{ path: 'name', message: 'Too short' }] }
const unknown: AppError = { code: 'unknown-outcome', message: 'The response was lost.', entry: 12 }

const mounted: VueWrapper[] = []
beforeEach(() => {
  const call = new Proxy({}, { get: () => () => Promise.resolve({ ok: true, value: null }) })
  const on = new Proxy({}, { get: () => () => () => undefined })
  vi.stubGlobal('fleet', { call, on })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.unstubAllGlobals()
  mounted.splice(0).forEach((page) => page.unmount())
})

interface WriteCase {
  readonly guards?: readonly Guard[]
  readonly warning?: string
  /** The dialog of the write. */
  readonly dialog?: typeof AppDialog | typeof SidePanel
}

function write(reply: Result<string>, { guards = [], warning, dialog }: WriteCase = {}) {
  const sent: Confirmation[] = []
  const calls: unknown[] = []
  const waiting: (() => void)[] = []
  let composed: ReturnType<typeof useWrite<string>> | undefined
  const Host = defineComponent(() => {
    composed = useWrite<string>({
      server: () => ({ name: 'Berlin', protection: 'ask' }),
      words: () => ({ action: 'Unassign Sipgate', done: 'Sipgate unassigned' }),
      guards: () => guards,
      warning: () => warning,
      async request(confirmation) {
        sent.push(confirmation)
        await new Promise<void>((resolve) => waiting.push(resolve))
        return reply
      },
      onDone: (value) => calls.push(value),
      onError: ({ code }) => calls.push(code),
    })
    return () =>
      dialog && h(dialog as typeof SidePanel, { title: 'Unassign', step: '', onClose: () => calls.push('closed') })
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: Host },
      { path: '/journal', name: 'journal', component: Host },
    ],
  })
  const page = mount(Host, { global: { plugins: [router] }, attachTo: document.body })
  mounted.push(page)
  if (composed === undefined) throw new Error('Nothing was composed')
  return { ...composed, page, router, sent, calls, answer: () => waiting.splice(0).forEach((resolve) => resolve()) }
}

describe('a write of a dialog', () => {
  it('can be sent once it is confirmed, and only once at a time', async () => {
    const { confirmation, canSend, sending, sent, calls, send, answer } = write({ ok: true, value: 'done' })
    expect(canSend.value).toBe(false)
    confirmation.value = { ...confirmation.value, acknowledged: true }
    expect(canSend.value).toBe(true)
    const first = send()
    const second = send()
    expect([sending.value, canSend.value]).toEqual([true, false])
    answer()
    await Promise.all([first, second])
    expect(sent).toEqual([{ acknowledged: true, typedName: '', override: '', note: '' }])
    expect(calls).toEqual(['done'])
    expect(sending.value).toBe(false)
  })
  it('shows its error, and the message about a field, until it is sent again', async () => {
    const { error, fieldError, calls, send, answer } = write({ ok: false, error: refused })
    const message = fieldError('name')
    const sending = send()
    answer()
    await sending
    expect([error.value, message.value, calls]).toEqual([refused, 'Too short', ['rejected']])
    void send()
    expect([error.value, message.value]).toEqual([undefined, ''])
  })
  it('waits for the override of a failed safety check', () => {
    const guard = { kind: 'own-address', message: 'Your address' } as unknown as Guard
    const { confirmation, canSend } = write({ ok: true, value: '' }, { guards: [guard] })
    confirmation.value = { ...confirmation.value, acknowledged: true }
    expect(canSend.value).toBe(false)
  })
})

describe.each([
  ['dialog', AppDialog],
  ['panel', SidePanel],
])('the %s of a write', (_, dialog) => {
  it('stays open while the write is being sent', async () => {
    const { page, calls, send, answer } = write({ ok: false, error: unknown }, { dialog })
    const close = async () => {
      const element = page.get('dialog')
      await element.trigger('keydown', { key: 'Escape' })
      await element.trigger('cancel')
      await element.trigger('pointerdown')
      await element.trigger('click')
      const cross = page.find('[aria-label=Close]')
      if (cross.exists()) await cross.trigger('click')
    }
    const sending = send()
    await close()
    expect(calls).toEqual([])
    answer()
    await sending
    await flushPromises()
    await close()
    expect(calls.slice(0, 2)).toEqual(['unknown-outcome', 'closed'])
  })
})

describe('a page that is left while its write is being sent', () => {
  // Notifications of earlier tests may still be there.
  const noticeText = (title: string) => {
    const texts = [...document.querySelectorAll('.n-notification')].map(({ textContent }) => textContent)
    return texts.find((text) => text.includes(title)) ?? ''
  }
  const left = async (reply: Result<string>, more: WriteCase = {}) => {
    const { page, send, answer, ...rest } = write(reply, more)
    const sending = send()
    page.unmount()
    answer()
    await sending
    await vi.dynamicImportSettled()
    await flushPromises()
    return rest
  }

  it('an unknown result stays as a notification that leads to its journal entry', async () => {
    const { calls, router } = await left({ ok: false, error: unknown })
    expect(noticeText('Unassign Sipgate on Berlin: Unknown')).toContain('The response was lost.')
    expect(calls).toEqual([])
    const show = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Show in journal')
    show?.click()
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/journal?open=12')
  })
  it('a refusal names its reason; nothing leads to the journal where nothing is entered', async () => {
    await left({ ok: false, error: refused })
    const text = noticeText('Unassign Sipgate on Berlin: Refused')
    expect(text).toContain('Too short')
    expect(text).not.toContain('Show in journal')
  })
  it('what was not sent is shown for a moment', async () => {
    await left({ ok: false, error: { code: 'signed-out', message: 'The PBX ended the session' } })
    expect(noticeText('Unassign Sipgate on Berlin: Not sent')).toContain('The PBX ended the session')
  })
  it('success names the object and what happened to it', async () => {
    await left({ ok: true, value: '' })
    expect(noticeText('Sipgate unassigned')).toContain('Berlin')
  })
  it('success with a warning shows the warning', async () => {
    await left({ ok: true, value: '' }, { warning: 'The workspace still has the old name.' })
    expect(noticeText('The workspace')).toContain('The workspace still has the old name.')
  })
  it('what another page read meanwhile is read again', async () => {
    const reads = ref(0)
    const Reader = defineComponent(() => {
      useReading(() => {
        reads.value += 1
        return Promise.resolve({ ok: true, value: reads.value })
      })
      return () => h('p')
    })
    const reader = mount(Reader)
    await left({ ok: true, value: '' })
    expect(reads.value).toBe(2)
    reader.unmount()
  })
})
