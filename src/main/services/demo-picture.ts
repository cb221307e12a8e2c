import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'

/** A long list contains only the rows in sight. */
const namesInSight = 8

/** Resolves when the page is ready, shows these names, and was painted. */
const whenShown = (names: readonly string[]): string => `new Promise((resolve) => {
  const names = ${JSON.stringify(names)}
  const shown = () => names.filter((name) => document.body.innerText.includes(name)).length
  const isShown = () =>
    document.documentElement.dataset.appState === 'ready' && shown() >= Math.min(names.length, ${namesInSight})
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
