import type { PracticeFaults } from '@shared/domain/practice'

type Switchable = { [K in keyof PracticeFaults]-?: PracticeFaults[K] extends boolean ? K : never }[keyof PracticeFaults]

interface FaultWords {
  readonly label: string
  readonly group: 'Responses' | 'Lists' | 'Connection' | 'Sign-in'
}

const words: { readonly [K in Switchable]: FaultWords } = {
  dropMidBody: { group: 'Responses', label: 'Drops the connection in the middle of a response' },
  dropAfterReceive: { group: 'Responses', label: 'Accepts the request, then drops the connection' },
  endlessBody: { group: 'Responses', label: 'Sends an endless response' },
  gzipBomb: { group: 'Responses', label: 'Sends a compressed response that expands to a huge size' },
  slowBytes: { group: 'Responses', label: 'Sends one byte per second' },
  hugeHeader: { group: 'Responses', label: 'Sends a 10 MB header' },
  wrongContentType: { group: 'Responses', label: 'Responds with a web page' },
  brokenJson: { group: 'Responses', label: 'Sends invalid JSON' },
  wrongTypes: { group: 'Responses', label: 'Sends fields of the wrong type' },
  missingItems: { group: 'Lists', label: 'Omits the rows of a list' },
  lyingCount: { group: 'Lists', label: 'Reports a wrong row count' },
  repeatedRows: { group: 'Lists', label: 'Sends the same rows twice' },
  hostileFileName: { group: 'Lists', label: 'Uses a dangerous file name for its export' },
  redirect: { group: 'Connection', label: 'Redirects to another host' },
  certificateChanged: { group: 'Connection', label: 'Presents a different certificate' },
  refuseConnections: { group: 'Connection', label: 'Refuses connections' },
  expireTokens: { group: 'Sign-in', label: 'Expires access tokens immediately' },
  refuseRefresh: { group: 'Sign-in', label: 'Refuses to refresh access tokens' },
}

export const faultGroups = (['Connection', 'Responses', 'Lists', 'Sign-in'] as const).map((group) => ({
  group,
  faults: (Object.keys(words) as Switchable[])
    .filter((key) => words[key].group === group)
    .map((key) => ({ key, label: words[key].label })),
}))
