import { parseAddress } from '@shared/domain/address'
import type { ServerRecord } from '@shared/domain/server'
import { fold } from '@shared/text/fold'

type Named = Pick<ServerRecord, 'id' | 'name' | 'address' | 'secondAddress'>

const add = (index: Map<string, Named[]>, key: string, server: Named): void => {
  const known = index.get(key)
  if (known === undefined) index.set(key, [server])
  else if (!known.includes(server)) known.push(server)
}

/** Whether a port was typed, which `parseAddress` would otherwise complete. */
const hasPort = (text: string): boolean => /^(?:[a-z]+:\/\/)?(?:\[[^\]]*\]|[^:/]*):\d+(?:[/?#]|$)/i.test(text.trim())

/** Finds servers of the workspace as a person writes them in a file: by their name or address. */
export class ServerFinder {
  private readonly byName = new Map<string, Named[]>()
  private readonly byUrl = new Map<string, Named[]>()
  private readonly byHost = new Map<string, Named[]>()

  constructor(servers: readonly Named[]) {
    for (const server of servers) {
      add(this.byName, fold(server.name.trim()), server)
      for (const address of [server.address, server.secondAddress].filter((each) => each !== '')) {
        add(this.byUrl, address.toLowerCase(), server)
        add(this.byHost, new URL(address).hostname.toLowerCase(), server)
      }
    }
  }

  /** All servers with this name or address; without a port, at any port of the host. */
  find(text: string): readonly Named[] {
    const parsed = parseAddress(text)
    const atAddress = !parsed.ok
      ? []
      : hasPort(text)
        ? this.at(parsed.url)
        : (this.byHost.get(new URL(parsed.url).hostname.toLowerCase()) ?? [])
    return [...new Set([...(this.byName.get(fold(text.trim())) ?? []), ...atAddress])]
  }

  /** All servers at this address, as the workspace stores it. */
  at(url: string): readonly Named[] {
    return this.byUrl.get(url.toLowerCase()) ?? []
  }
}
