import { Menu } from 'electron'
import { menuTemplate, type MenuDeps } from './menu-template'

/** Installs the menu; called after the window shows, because it costs time, and again when the theme changes. */
export const installMenu = (deps: MenuDeps): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(deps)))
