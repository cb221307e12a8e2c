import { app, clipboard, Notification, shell } from 'electron'
import type { AppInfo } from '@shared/ipc/values'
import { isRelease } from '../release'
import { handle } from './handle-shell'

/** The only external pages that the app opens in the default browser, beside the web portals of its servers. */
const links = {
  handbook: 'https://support.portsip.com/',
  licenses: 'https://github.com/electron/electron/blob/main/LICENSE',
} as const satisfies Record<string, `https://${string}`>
export type LinkName = keyof typeof links

/** Opens the web portal of a server of the workspace, whose address is `https://host:port` and nothing else. */
export const openPortal = (address: string): Promise<void> => {
  const { protocol, origin } = new URL(address)
  if (protocol !== 'https:') throw new Error('Only addresses with https are opened')
  return shell.openExternal(origin)
}

export const openLink = (link: LinkName): Promise<void> => shell.openExternal(links[link])

const info = (): AppInfo => ({
  name: app.getName(),
  version: app.getVersion(),
  electron: process.versions.electron ?? '',
  chrome: process.versions['chrome'] ?? '',
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  packaged: isRelease,
  canNotify: Notification.isSupported(),
})

export interface AppIpcDeps {
  readonly showLog: () => Promise<void> | void
}

/** Handles `app:*`. */
export function registerAppIpc({ showLog }: AppIpcDeps): void {
  handle('app:info', info)
  handle('app:copy', async ({ text }) => {
    await clipboard.writeText(text)
    return null
  })
  handle('app:showLog', async () => {
    await showLog()
    return null
  })
  handle('app:openLink', async ({ link }) => {
    await openLink(link)
    return null
  })
}
