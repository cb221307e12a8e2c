import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

const sources: ReadonlyMap<string, string> = new Map(
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue|html)$/.test(name))
    .map((name) => [name, readFileSync(join(root, 'src', name), 'utf8')]),
)

const filesWith = (pattern: RegExp): readonly string[] =>
  [...sources].flatMap(([name, text]) => (pattern.test(text) ? [name] : [])).sort()

const never: readonly [what: string, pattern: RegExp][] = [
  ['web security off', /webSecurity:\s*false/],
  ['sandbox off', /sandbox:\s*false|\bnoSandbox\b/],
  ['Node in the page', /nodeIntegration\w*:\s*true/],
  ['context isolation off', /contextIsolation:\s*false/],
  ['insecure content', /allowRunningInsecureContent:\s*true/],
  ['experimental or Blink features', /experimentalFeatures:\s*true|enableBlinkFeatures/],
  ['a webview', /webviewTag:\s*true|<webview/],
  ['HTML from text', /v-html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|DOMParser/],
  ['code from text', /\beval\(|new Function\(|\bvm\b\.run/],
  [
    'certificate checks off for everything',
    /NODE_TLS_REJECT_UNAUTHORIZED|setCertificateVerifyProc|ignore-certificate-errors/,
  ],
  ['answers that block', /sendSync|ipcRenderer\.send\(/],
  ['the remote module', /@electron\/remote|enableRemoteModule/],
  ['files in the page', /\bloadFile\(|file:\/\//],
  ['secrets encrypted by the app itself', /safeStorage/],
  ['shells', /child_process'.*exec\b|execSync|shell:\s*true/],
]

test.each(never)('the sources have no %s', (_what, pattern) => {
  expect(sources.size).toBeGreaterThan(100)
  expect(filesWith(pattern)).toEqual([])
})

const onlyIn: readonly [what: string, pattern: RegExp, files: readonly string[]][] = [
  ['the browser is opened', /openExternal/, ['main/ipc/app.ipc.ts']],
  ['main listens to the window', /\bipcMain\b/, ['main/ipc/gate.ts']],
  ['the page asks main', /\bipcRenderer\b/, ['preload/early-calls.ts', 'preload/index.ts']],
  ['the keychain is reached', /import\('keytar'\)|from 'keytar'/, ['main/storage/keytar-secret-store.ts']],
  // The second one only in the demo of a development build.
  [
    'a script of ours runs in the page',
    /executeJavaScript/,
    ['main/services/demo-picture.ts', 'preload/without-web-rtc.ts'],
  ],
  ['the switch that turns the sandbox off is named, for root', /no-sandbox/, ['main/release-rules.ts']],
  ['a release is distinguished from development', /\bisPackaged\b/, ['main/release.ts']],
  ['a window is made', /new BrowserWindow\(/, ['main/window.ts']],
  ['a certificate is taken unchecked, to be looked at', /rejectUnauthorized:\s*false/, ['main/portsip/tls-trust.ts']],
]

test.each(onlyIn)('%s nowhere else', (_what, pattern, files) => {
  expect(filesWith(pattern)).toEqual(files)
})

test('every web contents is kept from leaving, opening and embedding', () => {
  const text = sources.get('main/security.ts') ?? ''
  for (const part of [
    'web-contents-created',
    'will-navigate',
    'will-frame-navigate',
    'will-redirect',
    'will-attach-webview',
  ])
    expect(text).toContain(`'${part}'`)
  for (const part of [
    'setWindowOpenHandler',
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
  ])
    expect(text).toContain(`${part}(`)
})
