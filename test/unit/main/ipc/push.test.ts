import { expect, it } from 'vitest'
import type { BrowserWindow } from 'electron'
import { pushTo } from '@main/ipc/push'

/** The part of a window that pushing uses. */
function fakeWindow() {
  const sent: string[] = []
  const state = { destroyed: false, crashed: false }
  const webContents = { isCrashed: () => state.crashed, send: (event: string) => void sent.push(event) }
  const window = { isDestroyed: () => state.destroyed, webContents } as unknown as BrowserWindow
  return { sent, state, window }
}

it('nothing is sent to a window that is closed or has no process; sending continues when the process is back', () => {
  const { sent, state, window } = fakeWindow()
  let open: BrowserWindow | undefined = window
  const push = pushTo(() => open)
  state.crashed = true
  push('library:changed', null)
  expect(sent).toEqual([])
  state.crashed = false
  push('library:changed', null)
  expect(sent).toEqual(['library:changed'])
  state.destroyed = true
  push('library:changed', null)
  open = undefined
  push('library:changed', null)
  expect(sent).toHaveLength(1)
})
