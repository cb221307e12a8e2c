import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { afterEach, expect, it, vi } from 'vitest'
import { watchHealth } from '@main/services/window-health'

afterEach(() => vi.useRealTimers())

function watched() {
  const webContents = Object.assign(new EventEmitter(), { isCrashed: () => false, reload: vi.fn() })
  const window = Object.assign(new EventEmitter(), { webContents, isDestroyed: () => false, destroy: vi.fn() })
  const ask = vi.fn(() => Promise.resolve(1))
  const report = vi.fn()
  watchHealth(window as unknown as BrowserWindow, { ask } as never, report)
  return { window, webContents, ask, report }
}

it('a window that does not respond is reported and may be reloaded', () => {
  const { window, ask, report } = watched()
  window.emit('unresponsive')
  expect(report).toHaveBeenCalledWith('The window is not responding')
  expect(ask).toHaveBeenCalledOnce()
})

it('a window whose page asks whether to discard something responds', () => {
  vi.useFakeTimers()
  const { window, webContents, ask } = watched()
  webContents.emit('will-prevent-unload')
  // Electron does so after 5 seconds.
  vi.advanceTimersByTime(5000)
  window.emit('unresponsive')
  expect(ask).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60_000)
  window.emit('unresponsive')
  expect(ask).toHaveBeenCalledOnce()
})

it.each([
  ['Reload', 0, 1, 0],
  ['Close the window', 1, 0, 1],
])('a page whose process ended is reported with reason and exit code; %s', async (_, answer, reloads, closes) => {
  const { window, webContents, ask, report } = watched()
  ask.mockResolvedValue(answer)
  webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 })
  expect(report).toHaveBeenCalledWith('The window stopped working (crashed, exit code 11)')
  await vi.waitFor(() => {
    expect(webContents.reload).toHaveBeenCalledTimes(reloads)
    expect(window.destroy).toHaveBeenCalledTimes(closes)
  })
})
