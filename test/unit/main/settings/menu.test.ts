import type { MenuItemConstructorOptions } from 'electron'
import { expect, it } from 'vitest'
import { menuCommands, type MenuCommand } from '@shared/ipc/events'
import { menuTemplate, type MenuDeps } from '@main/menu-template'

function menu(change: Partial<MenuDeps> = {}) {
  const sent: string[] = []
  const template = menuTemplate({
    appName: 'PBX Fleet',
    packaged: true,
    platform: 'linux',
    send: (command: MenuCommand) => sent.push(command),
    addPracticeServer: (version) => sent.push(`practice ${version}`),
    showLog: () => sent.push('log'),
    openHandbook: () => sent.push('handbook'),
    theme: () => 'dark',
    setTheme: (theme) => sent.push(`theme ${theme}`),
    ...change,
  })
  return { sent, items: flat(template) }
}

const flat = (items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

const click = (item: MenuItemConstructorOptions | undefined): void => (item?.click as (() => void) | undefined)?.()

it('sends every command of the window, except for the practice server, which main adds', () => {
  const { items, sent } = menu()
  for (const item of items) if (item.id !== undefined) click(item)
  expect([...sent, 'add-practice-server'].sort()).toEqual([...menuCommands].sort())
})

it.each(['linux', 'win32', 'darwin'] as const)('has each shortcut once on %s', (platform) => {
  const used = menu({ platform }).items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
  expect(new Set(used).size).toBe(used.length)
  expect(used).toEqual(expect.arrayContaining(['K', 'N', 'O', 'F', 'R', 'E'].map((key) => `CmdOrCtrl+${key}`)))
})

it('has developer tools only if the app is not packaged, and never a reload of the page', () => {
  const roles = (packaged: boolean) => menu({ packaged }).items.map(({ role }) => role)
  expect(roles(true)).not.toContain('toggleDevTools')
  expect(roles(false)).toContain('toggleDevTools')
  for (const packaged of [true, false]) expect(roles(packaged)).not.toContain('reload')
})

it('shows the current theme and sets another one; adds practice servers by version; opens log and handbook', () => {
  const { items, sent } = menu()
  const named = (label: string) => items.find((item) => item.label === label)
  expect(items.filter((item) => item.checked === true).map(({ label }) => label)).toEqual(['Dark'])
  for (const label of ['Light', 'Add Practice Server 22.0', 'Show Log File', 'PortSIP PBX Handbook'])
    click(named(label))
  expect(sent).toEqual(['theme light', 'practice 22.0', 'log', 'handbook'])
})
