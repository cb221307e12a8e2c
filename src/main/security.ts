import type { App, Session } from 'electron'
import { appOrigin, appUrl } from './app-origin'

type Report = (what: string) => void

/** A path within our page is a route of the app; anything else is another page. */
const isOurPage = (url: string): boolean => url.split('#')[0] === appUrl() || url === `${appOrigin()}/`

/** Holds for every web contents that ever comes to be: no navigation away, no new window, no webview. */
export function lockDownContents(app: App, report: Report): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: { preventDefault: () => void; url: string }): void => {
      if (isOurPage(event.url)) return
      event.preventDefault()
      report('navigation refused')
    }
    contents.on('will-navigate', refuse)
    contents.on('will-frame-navigate', refuse)
    contents.on('will-redirect', refuse)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      report('webview refused')
    })
    contents.setWindowOpenHandler(() => {
      report('window refused')
      return { action: 'deny' }
    })
  })
}

/** Denies every permission, asked or checked, every device, and every download the page might start. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}
