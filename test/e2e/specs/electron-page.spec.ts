import { expect, test } from '../fixtures'

test('the page has no Node and no Electron', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  const names = [
    'require',
    'process',
    'module',
    'exports',
    'Buffer',
    'global',
    'setImmediate',
    '__dirname',
    'electron',
    'ipcRenderer',
  ]
  const types = await page.evaluate(
    (all) => all.map((name) => typeof (window as unknown as Record<string, unknown>)[name]),
    names,
  )
  expect(types).toEqual(names.map(() => 'undefined'))
  expect(
    await page.evaluate(() =>
      import('node:fs' as string).then(
        () => 'loaded',
        () => 'refused',
      ),
    ),
  ).toBe('refused')
})

test('main reads back the preferences that keep the page apart', async ({ sharedFleet: fleet }) => {
  const preferences = await fleet.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const { getLastWebPreferences } = webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      return getLastWebPreferences.call(webContents)
    }),
  )
  expect(preferences).toHaveLength(1)
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  })
  // These come back only where they are on.
  for (const name of ['nodeIntegrationInWorker', 'navigateOnDragDrop', 'enableBlinkFeatures'] as const)
    expect(preferences[0]?.[name]).toBeFalsy()
})

test('every permission is denied', async ({ launch }) => {
  const { page } = await launch({ args: ['--use-fake-device-for-media-stream'] })
  const answers = await page.evaluate(async () => {
    const named = (ask: () => Promise<unknown>): Promise<string> =>
      ask().then(
        () => 'granted',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      )
    const place = new Promise<string>((done) =>
      navigator.geolocation.getCurrentPosition(
        () => done('granted'),
        ({ code, PERMISSION_DENIED }) => done(code === PERMISSION_DENIED ? 'denied' : `failed ${code}`),
      ),
    )
    const asked = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'] as const
    return {
      place: await place,
      notification: await Notification.requestPermission(),
      camera: await named(() => navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await named(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await named(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      clipboard: await named(() => navigator.clipboard.readText()),
      states: await Promise.all(
        asked.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
      ),
    }
  })
  expect(answers).toEqual({
    place: 'denied',
    notification: 'denied',
    camera: 'NotAllowedError',
    microphone: 'NotAllowedError',
    screen: expect.stringMatching(/NotAllowedError|InvalidStateError/),
    clipboard: 'NotAllowedError',
    states: answers.states.map(() => 'denied'),
  })
})

test('a webview tag does nothing', async ({ sharedFleet: fleet, outside }) => {
  const { page } = fleet
  const before = await fleet.contentsCount()
  const isPlain = await page.evaluate((url) => {
    const view = document.createElement('webview')
    view.setAttribute('src', `${url}/webview`)
    view.setAttribute('nodeintegration', '')
    document.body.append(view)
    return (view as Element).shadowRoot === null && !('loadURL' in view)
  }, outside.url)
  expect(isPlain).toBe(true)
  expect(await fleet.contentsCount()).toBe(before)
  expect(outside.hits).toEqual([])
})
