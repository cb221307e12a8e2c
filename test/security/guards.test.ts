import { EventEmitter } from 'node:events'
import type { App, Session, WebContents } from 'electron'
import { expect, test, vi } from 'vitest'
import { contentSecurityPolicy } from '@main/csp'
import { closeNetwork, lockDownContents, lockDownSession } from '@main/security'

// Several guards refuse the same attempt, so that an attack alone does not show which of them is missing.

test('the content security policy', () => {
  const directives = Object.fromEntries(
    contentSecurityPolicy.split('; ').map((text) => [text.split(' ')[0], text.split(' ').slice(1).join(' ')]),
  )
  expect(directives).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src-elem': "'self' 'unsafe-inline'",
    'style-src-attr': "'none'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'none'",
    'frame-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    webrtc: "'block'",
  })
})

test.each([
  [undefined, 'MAP * ^NOTFOUND'],
  ['http://localhost:5173', 'MAP * ^NOTFOUND, EXCLUDE localhost'],
])('Chromium resolves no name beside that of a development server (%s)', (devServer, rules) => {
  const appendSwitch = vi.fn()
  closeNetwork({ commandLine: { appendSwitch } } as unknown as App, devServer)
  expect(appendSwitch.mock.calls).toEqual([['host-resolver-rules', rules]])
})

function lockedContents() {
  const app = new EventEmitter()
  const report = vi.fn()
  lockDownContents(app as unknown as App, report)
  const setWindowOpenHandler = vi.fn<WebContents['setWindowOpenHandler']>()
  const setWebRTCIPHandlingPolicy = vi.fn<WebContents['setWebRTCIPHandlingPolicy']>()
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler, setWebRTCIPHandlingPolicy })
  app.emit('web-contents-created', {}, contents)
  return { contents, report, setWindowOpenHandler, setWebRTCIPHandlingPolicy }
}

test.each([
  ...['https://example.com/', 'file:///etc/passwd', 'data:text/html,x', 'app://other/index.html', 'javascript:0'],
  ...['app://fleet.evil/', 'app://fleet@evil/', 'about:blank', 'blob:app://fleet/1', ''],
])('the window does not leave for %s', (url) => {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    const { contents, report } = lockedContents()
    const preventDefault = vi.fn()
    contents.emit(event, { url, preventDefault })
    expect([event, preventDefault.mock.calls.length]).toEqual([event, 1])
    expect(report).toHaveBeenCalledWith('navigation refused')
  }
})

test('the window opens no other window and no webview, and WebRTC has no UDP', () => {
  const { contents, setWindowOpenHandler, setWebRTCIPHandlingPolicy } = lockedContents()
  const preventDefault = vi.fn()
  contents.emit('will-attach-webview', { preventDefault })
  expect(preventDefault).toHaveBeenCalledOnce()
  const [open] = setWindowOpenHandler.mock.calls[0] ?? []
  expect(open?.({ url: 'https://example.com' } as never)).toEqual({ action: 'deny' })
  expect(setWebRTCIPHandlingPolicy.mock.calls).toEqual([['disable_non_proxied_udp']])
})

test('the session grants no permission, device, download or dictionary', () => {
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn<Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Session['setDevicePermissionHandler']>(),
    setSpellCheckerLanguages: vi.fn<Session['setSpellCheckerLanguages']>(),
  })
  lockDownSession(session as unknown as Session)
  const respond = vi.fn()
  const [request] = session.setPermissionRequestHandler.mock.calls[0] ?? []
  const [check] = session.setPermissionCheckHandler.mock.calls[0] ?? []
  const [device] = session.setDevicePermissionHandler.mock.calls[0] ?? []
  request?.({} as never, 'media', respond, {} as never)
  expect(respond.mock.calls).toEqual([[false]])
  expect(check?.(null, 'clipboard-read', 'app://fleet', {} as never)).toBe(false)
  expect(device?.({} as never)).toBe(false)
  const preventDefault = vi.fn()
  session.emit('will-download', { preventDefault })
  expect(preventDefault).toHaveBeenCalledOnce()
  expect(session.setSpellCheckerLanguages.mock.calls).toEqual([[[]]])
})
