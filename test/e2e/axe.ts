import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import type * as Axe from 'axe-core'

declare global {
  interface Window {
    readonly axe: typeof Axe
  }
}

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Serious and critical findings of axe on what the window shows now, each in one line; `colours` asks only what the theme decides. */
export async function seriousFindings(page: Page, only?: 'colours'): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await readFile(script, 'utf8'))
  // What fades in has its colours when it is there.
  await page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
  })
  return page.evaluate(async (coloursOnly) => {
    const values = ['color-contrast', 'link-in-text-block']
    const runOnly = coloursOnly ? { runOnly: { type: 'rule' as const, values } } : {}
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...runOnly })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`))
  }, only === 'colours')
}
