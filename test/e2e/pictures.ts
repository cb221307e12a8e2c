import { expect } from './fleet'
import type { FleetApp } from './fleet-app'
import { Board } from './pages/board'

export type Theme = 'light' | 'dark'

const size = { width: 1280, height: 720 }

/** The board for a picture, signed in to all servers that need nobody. */
export async function signedIn(fleet: FleetApp, theme: Theme): Promise<Board> {
  const { page } = fleet
  const board = new Board(fleet)
  await page.setViewportSize(size)
  // A setting, so that another one that changes does not restore the theme of the system.
  await fleet.call('settings:patch', { theme })
  await page.locator(`html[data-theme=${theme}]`).waitFor()
  await board.signInToAll()
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  return board
}
