import type { Page } from 'playwright'

interface Node {
  readonly nodeId: string
  readonly name?: { readonly value?: string }
  readonly role?: { readonly value?: string }
  readonly childIds?: readonly string[]
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[]
}

/** What the live regions of the accessibility tree say, which is where a screen reader hears of changes. */
export async function liveTexts(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { readonly nodes: readonly Node[] }
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const textOf = (node: Node): string =>
    node.role?.value === 'StaticText'
      ? (node.name?.value ?? '')
      : (node.childIds ?? [])
          .flatMap((id) => byId.get(id) ?? [])
          .map(textOf)
          .join(' ')
  const isLive = ({ properties }: Node): boolean =>
    properties?.some(({ name, value }) => name === 'live' && ['polite', 'assertive'].includes(String(value.value))) ===
    true
  return nodes.filter(isLive).map(textOf).join('\n')
}
