import { Menu } from 'electron'
import { menuTemplate, type MenuDeps } from './menu-template'

/** Puts the menu up; to be called once the window shows, as it costs time, and again when the theme changes. */
export const installMenu = (deps: MenuDeps): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(deps)))
