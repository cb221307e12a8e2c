import { channels } from '@shared/ipc/channels'
import { expect, test } from '../fixtures'
import { nothingNeeded, pinnedChannels, pinnedEvents } from '../pinned'

test('the bridge is what is written here, and nothing of it can be replaced', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  const surface = await page.evaluate(() => {
    const { fleet } = window
    const replaced = Reflect.set(fleet, 'call', {}) || Reflect.set(fleet.call, 'app:info', () => 'mine')
    return { keys: Object.keys(fleet), call: Object.keys(fleet.call), on: Object.keys(fleet.on), replaced }
  })
  expect(surface.keys.sort()).toEqual(['call', 'dropImage', 'importDropped', 'locale', 'on', 'openDropped', 'readPem'])
  expect(surface.call.sort()).toEqual(pinnedChannels)
  expect(surface.on.sort()).toEqual(pinnedEvents)
  expect(surface.replaced).toBe(false)
})

test('every channel refuses what is no object of arguments', async ({ sharedFleet: { page } }) => {
  const wrong = await page.evaluate(async (names) => {
    const bad: unknown[] = [undefined, null, 'text', 7, true, [], [{}]]
    const found: string[] = []
    for (const name of names) {
      const call = window.fleet.call[name] as (args: unknown) => Promise<{ error?: { code: string } }>
      for (const args of bad) {
        const code = await call(args).then(
          ({ error }) => error?.code ?? 'accepted',
          (error: unknown) => String(error),
        )
        if (code !== 'invalid-arguments') found.push(`${name} ${String(args)}: ${code}`)
      }
    }
    return found
  }, channels)
  expect(wrong).toEqual([])
})

/** Channels that take something: an empty object, wrong types and hostile values are no arguments either. */
const taking = channels.filter((channel) => !nothingNeeded.has(channel))

test('channels that need arguments refuse empty, mistyped and hostile ones', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  const hostile = ['../../etc/passwd', '__proto__', '\u0000', '<img src=x onerror=alert(1)>']
  const codes = await page.evaluate(
    async ({ names, values }) => {
      const keys = [
        'serverId',
        'id',
        'ids',
        'viewId',
        'importId',
        'jobId',
        'planId',
        'link',
        'draft',
        'input',
        'query',
        'serverIds',
        'version',
        'confirmation',
        'fingerprint256',
        'address',
        'code',
        'text',
        'theme',
        'tables',
      ]
      // A text of a megabyte under every key would be gigabytes over all channels.
      const long = 'x'.repeat(1_000_000)
      const args: unknown[] = [
        {},
        { serverId: long, id: long },
        ...[...values, 7, null, [], {}].map((value) =>
          Object.fromEntries(keys.map((key) => [key, key === 'text' ? 7 : value])),
        ),
      ]
      const found: string[] = []
      for (const name of names) {
        const call = window.fleet.call[name] as (args: unknown) => Promise<{ ok: boolean; error?: { code: string } }>
        for (const each of args) {
          const { ok, error } = await call(each)
          if (ok || error?.code !== 'invalid-arguments')
            found.push(`${name} ${JSON.stringify(each).slice(0, 80)}: ${error?.code ?? 'accepted'}`)
        }
      }
      return found
    },
    { names: taking, values: hostile },
  )
  // Any text may be an id: these say that there is none, and to close what is not open does nothing.
  expect(
    codes.filter(
      (found) => !/: not-found$|^(exports:close|jobs:cancel|imports:close|plans:discard) .*: accepted$/.test(found),
    ),
  ).toEqual([])
})

test('a frame inside our page, and a foreign page with our preload, are refused by main', async ({
  sharedFleet: fleet,
}) => {
  const answers = await fleet.app.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const opened = (url: string) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, nodeIntegrationInSubFrames: true },
      })
      return window.loadURL(url).then(() => window)
    }
    const ask = "'fleet' in window ? fleet.call['app:info']({}) : 'no bridge'"
    const ours = await opened('app://fleet/index.html')
    await ours.webContents.executeJavaScript(`new Promise((done) => {
      const frame = Object.assign(document.createElement('iframe'), { srcdoc: '<p>inside</p>' })
      frame.addEventListener('load', () => done(true))
      document.body.append(frame)
    })`)
    const inFrame: unknown = await ours.webContents.mainFrame.frames[0]?.executeJavaScript(ask)
    const atTop: unknown = await ours.webContents.executeJavaScript(ask)
    const foreign = await opened('data:text/html,<h1>foreign</h1>')
    const inForeign: unknown = await foreign.webContents.executeJavaScript(ask)
    ours.destroy()
    foreign.destroy()
    return { inFrame, atTop, inForeign }
  })
  expect(answers.atTop).toMatchObject({ ok: true })
  expect(answers.inFrame).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } })
  expect(answers.inForeign).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } })
  expect(await fleet.log()).toContain('app:info')
})

test('a frame in our window has no bridge', async ({ sharedFleet: fleet }) => {
  const { page } = fleet
  const type = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const found = typeof (frame.contentWindow as unknown as { fleet?: unknown }).fleet
    frame.remove()
    return found
  })
  expect(type).toBe('undefined')
})
