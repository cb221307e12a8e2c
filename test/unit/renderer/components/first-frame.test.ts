import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { WorkspaceView } from '@shared/domain/workspace'
import { defaultSettings } from '@shared/domain/default-settings'
import { server } from '../../shared/fleet/sample'

/** The window's document is as high as the screen of a notebook; the frame is never painted here. */
const windowHeight = 720

const view: WorkspaceView = {
  servers: Array.from({ length: 60 }, (_, at) =>
    server({ id: `s${at}`, name: `PBX ${at}`, folder: `Region ${(60 - at) % 12}` }),
  ),
  folders: Array.from({ length: 12 }, (_, at) => `Region ${at}`),
}
const replies: { readonly [channel: string]: unknown } = { 'workspace:get': view, 'settings:get': defaultSettings }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

it('the first frame shows the folders in main’s order without Intl, storage and rows that are not visible', async () => {
  // The frame is never on the screen, and what waits for it never begins.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  vi.spyOn(window, 'innerHeight', 'get').mockReturnValue(windowHeight)
  vi.stubGlobal('fleet', {
    locale: 'en-US',
    call: new Proxy(
      {},
      {
        get: (_, channel) => () =>
          String(channel) in replies
            ? Promise.resolve({ ok: true, value: replies[String(channel)] })
            : new Promise(() => 0),
      },
    ),
    on: new Proxy({}, { get: () => () => () => undefined }),
  })
  const used: string[] = []
  vi.stubGlobal('Intl', new Proxy(Intl, { get: (_, name) => used.push(`Intl.${String(name)}`) && undefined }))
  vi.stubGlobal('localStorage', new Proxy({}, { ownKeys: () => (used.push('localStorage'), []) }))

  const { default: App } = await import('@/App.vue')
  const { router } = await import('@/router')
  const app = mount(App, { global: { plugins: [createPinia(), router] }, attachTo: document.body })
  await flushPromises()
  await nextTick()

  const rows = [...document.querySelectorAll('[role=treeitem]')]
  expect(document.documentElement.dataset['appState']).toBe('ready')
  expect(rows[0]?.textContent).toContain('Region 0')
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.length).toBeLessThanOrEqual(Math.ceil(windowHeight / 32) + 1)
  expect(used).toEqual([])
  app.unmount()
})
