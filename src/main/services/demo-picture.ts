import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'

/** A long list contains only the rows in sight. */
const namesInSight = 8

/** Resolves when the sidebar and the home page show these names, and were painted. */
const whenShown = (names: readonly string[]): string => `new Promise((resolve) => {
  const names = ${JSON.stringify(names)}
  const shownIn = (element) => names.filter((name) => element?.innerText.includes(name)).length
  const least = Math.min(names.length, ${namesInSight})
  const isShown = () =>
    document.documentElement.dataset.appState === 'ready' &&
    shownIn(document.querySelector('nav')) >= least &&
    shownIn(document.querySelector('main')) >= least
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
  // The compositor may still have the frame before; a capture makes it draw.
  await window.webContents.capturePage()
  const picture = await window.webContents.capturePage()
  await writeFile(file, picture.toPNG())
  process.stdout.write(`Saved a picture of the window: ${file}\n`)
}
