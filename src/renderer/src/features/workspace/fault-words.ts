import type { PracticeFaults } from '@shared/domain/practice'

type Switchable = { [K in keyof PracticeFaults]-?: PracticeFaults[K] extends boolean ? K : never }[keyof PracticeFaults]

interface FaultWords {
  readonly label: string
  readonly group: 'Answers' | 'Lists' | 'Connection' | 'Sign-in'
}

const words: { readonly [K in Switchable]: FaultWords } = {
  dropMidBody: { group: 'Answers', label: 'Hangs up in the middle of an answer' },
  dropAfterReceive: { group: 'Answers', label: 'Takes the request, then hangs up without an answer' },
  endlessBody: { group: 'Answers', label: 'Sends an answer that never ends' },
  gzipBomb: { group: 'Answers', label: 'Sends a small answer that unpacks to a huge one' },
  slowBytes: { group: 'Answers', label: 'Sends one byte a second' },
  hugeHeader: { group: 'Answers', label: 'Sends a header of 10 MB' },
  wrongContentType: { group: 'Answers', label: 'Answers with a web page' },
  brokenJson: { group: 'Answers', label: 'Sends broken JSON' },
  wrongTypes: { group: 'Answers', label: 'Sends fields of the wrong kind' },
  missingItems: { group: 'Lists', label: 'Leaves the rows out of a list' },
  lyingCount: { group: 'Lists', label: 'Gives a wrong number of rows' },
  repeatedRows: { group: 'Lists', label: 'Sends the same rows again' },
  hostileFileName: { group: 'Lists', label: 'Gives its export a dangerous file name' },
  redirect: { group: 'Connection', label: 'Redirects to another host' },
  certificateChanged: { group: 'Connection', label: 'Shows another certificate' },
  refuseConnections: { group: 'Connection', label: 'Refuses connections' },
  expireTokens: { group: 'Sign-in', label: 'Lets sign-ins expire at once' },
  refuseRefresh: { group: 'Sign-in', label: 'Refuses to renew a sign-in' },
}

export const faultGroups = (['Connection', 'Answers', 'Lists', 'Sign-in'] as const).map((group) => ({
  group,
  faults: (Object.keys(words) as Switchable[])
    .filter((key) => words[key].group === group)
    .map((key) => ({ key, label: words[key].label })),
}))
