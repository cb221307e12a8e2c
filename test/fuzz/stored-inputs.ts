import { defaultSettings } from '@shared/domain/default-settings'
import { emptyServerDraft } from '@shared/domain/server'
import { Random } from '@demo/random'
import { mutatedJson, mutatedText } from './mutated'

export const storedKinds = ['workspace', 'settings', 'import', 'manifest', 'plan', 'pem', 'csv', 'passwords'] as const
export type StoredKind = (typeof storedKinds)[number]

const uuid = '0b0e7a52-6a0b-4c52-9f5c-0a4d4f6f1a01'
const server = {
  ...emptyServerDraft,
  ...{ id: uuid, name: 'Berlin', address: 'https://pbx.example.com:8887', folder: 'North', tags: ['a', 'b'] },
  ...{ notes: 'A note', username: 'admin', activeAddress: 'first', paused: false },
}
const others = ['0b0e7a52-6a0b-4c52-9f5c-0a4d4f6f1a02', '0b0e7a52-6a0b-4c52-9f5c-0a4d4f6f1a03']
const servers = [server, ...others.map((id) => ({ ...server, id, name: `PBX ${id.slice(-1)}` }))]

const step = {
  ...{ action: 'change', resource: 'ip-rules', id: '7' },
  before: { cidr: '198.51.100.0/24', target: 'DENY', description: '' },
  after: { description: 'INC-4711' },
}

/** A valid file of each kind that is JSON. */
const files = {
  workspace: { version: 1, servers },
  settings: {
    ...defaultSettings,
    boardCollapsed: ['North'],
    mutedAlerts: ['a'],
    tables: { tenants: { widths: {}, hidden: ['a'] } },
  },
  import: { format: 'pbx-fleet-workspace', version: 1, exportedAt: '2026-11-27T10:00:00.000Z', servers },
  manifest: {
    ...{
      version: 1,
      id: uuid,
      file: 'a.csv',
      resource: 'ip-rules',
      format: 'csv',
      user: 'a',
      role: 'b',
      pbxVersion: '22.2',
    },
    ...{
      server: { id: uuid, name: 'Berlin', address: 'https://pbx.example.com' },
      exportedAt: '2026-11-27T10:00:00.000Z',
    },
    ...{ scope: { kind: 'selection', ids: ['1', '2'] }, rows: 2, columns: [{ key: 'cidr', label: 'IP' }] },
    ...{ sha256: 'a'.repeat(64), bytes: 10 },
  },
  plan: {
    ...{
      format: 'pbx-fleet-plan',
      version: 1,
      title: 'Change 1 rule',
      savedAt: '2026-11-27T10:00:00.000Z',
      savedBy: 'tech',
    },
    servers: [{ name: 'Berlin', address: 'https://pbx.example.com:8887', steps: [step, { ...step, id: '8' }] }],
  },
} as const

/** A valid file of each kind that is text; certificates come from the test. */
const texts = {
  csv: 'cidr,target,expire_at,description\n10.0.0.0/8,DENY,2027-01-01T00:00:00Z,"a, ""b"""\n2001:db8::/32,ACCEPT,,\n',
  passwords: 'url,username,password\nhttps://pbx.example.com,admin,"s;e""c"\nhttps://b.example.com:8887/portal,user,\n',
} as const

export interface StoredInput {
  readonly kind: StoredKind
  readonly title: string
  readonly content: Buffer
}

/** Input `index` of `seed`: every kind in turn, nearly as the app or a technician writes it. */
export function storedInput(seed: number, index: number, pem: string): StoredInput {
  const random = new Random(seed * 70_001 + index)
  const kind = storedKinds[index % storedKinds.length] ?? 'csv'
  const content =
    kind === 'pem'
      ? mutatedText(pem, random)
      : kind === 'csv' || kind === 'passwords'
        ? mutatedText(texts[kind], random)
        : mutatedJson(files[kind], random)
  return { kind, title: `${kind} ${content.subarray(0, 200).toString('utf8')}`, content }
}

/** The file of a kind as it is valid, to show that its mutations are near to what is read. */
export const validInput = (kind: StoredKind, pem: string): string =>
  kind === 'pem' ? pem : kind === 'csv' || kind === 'passwords' ? texts[kind] : JSON.stringify(files[kind])
