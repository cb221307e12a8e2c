import type { MenuItemConstructorOptions } from 'electron'
import { practiceVersions } from '@shared/domain/practice'
import { themes, type Settings } from '@shared/domain/settings'
import type { MenuCommand } from '@shared/ipc/events'

export interface MenuDeps {
  readonly appName: string
  readonly packaged: boolean
  readonly platform: NodeJS.Platform
  /** Sends the command to the window. */
  readonly send: (command: MenuCommand) => void
  readonly addPracticeServer: (version: (typeof practiceVersions)[number]) => void
  readonly showLog: () => void
  readonly openHandbook: () => void
  readonly theme: () => Settings['theme']
  readonly setTheme: (theme: Settings['theme']) => void
}

const separator: MenuItemConstructorOptions = { type: 'separator' }
const themeLabels: Readonly<Record<Settings['theme'], string>> = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
}

type Command = (label: string, command: MenuCommand, accelerator?: string) => MenuItemConstructorOptions

const fileMenu = (item: Command, mac: boolean): MenuItemConstructorOptions => ({
  label: '&File',
  submenu: [
    item('Add Server…', 'add-server', 'CmdOrCtrl+N'),
    item('New Item on This Page…', 'new-item', 'CmdOrCtrl+Shift+N'),
    separator,
    item('Sign In to All Servers', 'sign-in-all', 'CmdOrCtrl+Shift+A'),
    item('Import Passwords…', 'import-passwords'),
    separator,
    item('Open Export…', 'open-export', 'CmdOrCtrl+O'),
    separator,
    item('Import Servers…', 'import-servers'),
    item('Import Workspace…', 'import-workspace'),
    item('Export Workspace…', 'export-workspace'),
    separator,
    mac ? { role: 'close' } : { role: 'quit' },
  ],
})

const editMenu = (item: Command): MenuItemConstructorOptions => ({
  label: '&Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'delete' },
    separator,
    { role: 'selectAll' },
    separator,
    item('Find', 'find', 'CmdOrCtrl+F'),
    separator,
    item('Revert Last Change…', 'revert-last'),
  ],
})

const viewMenu = (item: Command, deps: MenuDeps): MenuItemConstructorOptions => ({
  label: '&View',
  submenu: [
    item('Back', 'back', deps.platform === 'darwin' ? 'Cmd+[' : 'Alt+Left'),
    item('Forward', 'forward', deps.platform === 'darwin' ? 'Cmd+]' : 'Alt+Right'),
    separator,
    item('Command Palette…', 'palette', 'CmdOrCtrl+K'),
    item('Fleet', 'show-fleet', 'CmdOrCtrl+B'),
    item('New Alerts', 'show-new-alerts'),
    item('Search all servers', 'show-search', 'CmdOrCtrl+Shift+F'),
    item('Exports', 'show-exports', 'CmdOrCtrl+E'),
    item('Plans', 'show-plans'),
    item('Journal', 'show-journal', 'CmdOrCtrl+J'),
    // Reloads the data of the page, not the page itself, so that typed values remain.
    item('Reload Data', 'reload-page', 'CmdOrCtrl+R'),
    separator,
    {
      label: 'Theme',
      submenu: themes.map((theme) => ({
        label: themeLabels[theme],
        type: 'radio',
        checked: deps.theme() === theme,
        click: () => deps.setTheme(theme),
      })),
    },
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...(deps.packaged ? [] : [separator, { role: 'toggleDevTools' } as const]),
  ],
})

const practiceMenu = (item: Command, deps: MenuDeps): MenuItemConstructorOptions => ({
  label: '&Practice',
  submenu: [
    ...practiceVersions.map((version) => ({
      label: `Add Practice Server ${version}`,
      click: () => deps.addPracticeServer(version),
    })),
    separator,
    item('Practice Server Faults…', 'practice-faults'),
  ],
})

const helpMenu = (item: Command, deps: MenuDeps, mac: boolean): MenuItemConstructorOptions => ({
  role: 'help',
  submenu: [
    { label: 'PortSIP PBX Handbook', click: deps.openHandbook },
    { label: 'Show Log File', click: deps.showLog },
    ...(mac ? [] : [separator, item(`About ${deps.appName}`, 'about')]),
  ],
})

const appMenu = (item: Command, deps: MenuDeps): MenuItemConstructorOptions => ({
  label: deps.appName,
  submenu: [
    item(`About ${deps.appName}`, 'about'),
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit' },
  ],
})

/** The native menu as data. */
export function menuTemplate(deps: MenuDeps): MenuItemConstructorOptions[] {
  const mac = deps.platform === 'darwin'
  const item: Command = (label, command, accelerator) => ({
    id: command,
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => deps.send(command),
  })
  return [
    ...(mac ? [appMenu(item, deps)] : []),
    fileMenu(item, mac),
    editMenu(item),
    viewMenu(item, deps),
    practiceMenu(item, deps),
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    helpMenu(item, deps, mac),
  ]
}
