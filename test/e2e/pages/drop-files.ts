import type { Page } from 'playwright'

/** Drops files on the element with this test ID, as the desktop does. */
export async function dropFiles(page: Page, testId: string, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'test-files' })
    document.body.append(input)
  })
  await page.locator('#test-files').setInputFiles([...paths])
  await page.evaluate((id) => {
    const input = document.querySelector<HTMLInputElement>('#test-files')
    const target = document.querySelector(`[data-testid="${id}"]`)
    const dataTransfer = new DataTransfer()
    for (const one of Array.from(input?.files ?? [])) dataTransfer.items.add(one)
    for (const type of ['dragenter', 'dragover', 'drop'])
      target?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    input?.remove()
  }, testId)
}
