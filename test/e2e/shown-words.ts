import type { ConsoleMessage, Page } from 'playwright'
import { retiredWord } from '@test/retired-words'

/** Begins the message with which the page reports a text. */
const mark = 'Text with a retired word: '

interface Watched {
  readonly pattern: string
  readonly mark: string
}

/** Runs in the page: reports every text and name with a retired word that is ever in the document, each once. */
function watch(watched: Watched): void {
  const pattern = new RegExp(watched.pattern, 'iu')
  const names = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']
  const reported = new Set<string>()
  const check = (text: string | null): void => {
    if (text === null || reported.has(text) || !pattern.test(text)) return
    reported.add(text)
    // eslint-disable-next-line no-console -- what Playwright hears of a page without being asked
    console.warn(watched.mark + text)
  }
  const checkAll = (root: Node): void => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node: Node | null = root; node !== null; node = walker.nextNode())
      if (node instanceof Element) for (const name of names) check(node.getAttribute(name))
      else check(node.nodeValue)
  }
  new MutationObserver((records) => {
    for (const { type, target, addedNodes, attributeName } of records)
      if (type === 'childList') for (const node of addedNodes) checkAll(node)
      else check(attributeName === null ? target.nodeValue : (target as Element).getAttribute(attributeName))
  }).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: names })
  checkAll(document)
}

/** Reads everything that this page shows from now on, also after it was loaded again; `report` gets each text with a retired word. */
export async function watchWords(page: Page, report: (text: string) => void): Promise<void> {
  page.on('console', (message: ConsoleMessage) => {
    if (message.text().startsWith(mark)) report(message.text().slice(mark.length))
  })
  const watched = { pattern: retiredWord.source, mark }
  await page.addInitScript(watch, watched)
  await page.evaluate(watch, watched)
}
