import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { announced } from './announced'

// Another test may have made the live region of the shared modules.
vi.resetModules()
const { off } = await import('@/composables/off')
const { useContextMenu } = await import('@/composables/context-menu')
const { default: ContextMenu } = await import('@/components/ContextMenu.vue')

afterEach(() => document.body.replaceChildren())

it('a menu item that is off says why, can be focused, does nothing, and leaves the menu open', async () => {
  const menu = mount(ContextMenu, { attachTo: document.body, global: { directives: { off } } })
  const run = vi.fn()
  useContextMenu().openAt({ x: 0, y: 0 }, 'Acme', [
    { label: 'Move up', off: 'It is already first', run },
    { label: 'Move down', off: false, run },
  ])
  await nextTick()
  await nextTick()
  const [up, down] = menu.findAll('[role=menuitem]')
  expect(document.activeElement).toBe(down?.element)
  expect(up?.attributes()).toMatchObject({ 'aria-disabled': 'true', title: 'It is already first' })
  expect(down?.attributes('aria-disabled')).toBeUndefined()

  await menu.get('[role=menu]').trigger('keydown', { key: 'ArrowUp' })
  expect(document.activeElement).toBe(up?.element)
  await up?.trigger('click')
  expect(run).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(announced()).toContain('It is already first.'))
  await down?.trigger('click')
  expect(run).toHaveBeenCalledOnce()
  expect(menu.find('[role=menu]').exists()).toBe(false)
})
