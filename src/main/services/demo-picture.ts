import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'

/** Resolves when the page is ready, shows each of these names, and was painted. */
const whenShown = (names: readonly string[]): string => `new Promise((resolve) => {
  const names = ${JSON.stringify(names)}
  const isShown = () =>
    document.documentElement.dataset.appState === 'ready' && names.every((name) => document.body.innerText.includes(name))
  const check = () => requestAnimationFrame(isShown() ? () => requestAnimationFrame(resolve) : check)
  check()
})`

/**
 * Saves a screenshot of the window with these servers as a PNG and prints its path, for the demo on a machine without a
 * display.
 */
export async function saveDemoPicture(
  window: BrowserWindow | undefined,
  serverNames: readonly string[],
  file: string,
): Promise<void> {
  if (window === undefined) return
  await window.webContents.executeJavaScript(whenShown(serverNames))
  const picture = await window.webContents.capturePage()
  await writeFile(file, picture.toPNG())
  process.stdout.write(`Saved a picture of the window: ${file}\n`)
}
