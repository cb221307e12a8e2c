import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { channels, eventNames, preloadChannels } from '@shared/ipc/channels'
import { pinnedChannels, pinnedEvents } from '../e2e/pinned'
import { temporaryFolder } from '../unit/main/storage/temporary'

vi.mock('electron', () => import('../fakes/electron'))

test('the channels of requests and events are exactly the pinned ones', () => {
  expect(channels.toSorted()).toEqual(pinnedChannels)
  expect(eventNames.toSorted()).toEqual(pinnedEvents)
})

test(
  'every channel has a handler in the composed app, which refuses what are no arguments',
  { timeout: 120_000 },
  async () => {
    // Other tests of this worker may have set handlers: only what compose registers counts here.
    vi.resetModules()
    const { app, call, folders } = await import('../fakes/electron')
    const { openGate } = await import('@main/ipc/gate')
    const { composeShell } = await import('@main/compose-shell')
    const { compose } = await import('@main/compose')
    folders.home = temporaryFolder()
    // Otherwise the log goes to the terminal as well.
    app.isPackaged = true
    const all = [...channels, ...preloadChannels]
    openGate(all, async () => undefined)
    const shell = composeShell(
      () => undefined,
      () => undefined,
    )
    const services = compose(shell)
    const codes = await Promise.all(
      all.map(async (channel) => {
        const answer = await call(channel, 'no object').catch((error: unknown) => ({ error: { code: String(error) } }))
        return [channel, (answer as { error?: { code: string } }).error?.code]
      }),
    )
    await services.stop()
    await shell.settled()
    expect(codes.filter(([, code]) => code !== 'invalid-arguments')).toEqual([])
  },
)

const textsUnder = (folder: string): string =>
  readdirSync(resolve(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

test('every channel is asked and every event is heard by the window; none is dead', () => {
  const window = textsUnder('src/renderer/src')
  const main = textsUnder('src/main')
  expect(channels.filter((name) => !window.includes(`'${name}'`))).toEqual([])
  expect(eventNames.filter((name) => !window.includes(`'${name}'`))).toEqual([])
  expect(eventNames.filter((name) => !main.includes(`push('${name}'`))).toEqual([])
})
