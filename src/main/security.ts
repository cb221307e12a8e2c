import type { App, Session } from 'electron'
import { appOrigin, appUrl } from './app-origin'

type Report = (what: string) => void

/** A URL with a hash of our page is a route of the app; anything else is another page. */
const isOurPage = (url: string): boolean => url.split('#')[0] === appUrl() || url === `${appOrigin()}/`

/**
 * Chromium resolves no names and connects to no address: the page comes from `app://`, and main uses Node's sockets.
 * This also blocks traffic that a policy does not cover: DNS prefetch, WebRTC, Chromium's own services (docs/adr/0011).
 * The development server remains reachable.
 */
export function closeNetwork(app: App, devServer: string | undefined): void {
  const exclusion = devServer === undefined ? '' : `, EXCLUDE ${new URL(devServer).hostname}`
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ^NOTFOUND${exclusion}`)
}

/** For every web contents: no navigation to other pages, no new window, no webview, no UDP for WebRTC. */
export function lockDownContents(app: App, report: Report): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
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

/**
 * Denies every permission request and check, every device, every download, and the download of spelling dictionaries.
 */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  // `setSpellCheckerEnabled(false)` and the preference `spellcheck: false` do not prevent the download.
  session.setSpellCheckerLanguages([])
}
