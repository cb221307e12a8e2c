import { emptyServerDraft } from '@shared/domain/server'
import type { WorkspaceFile } from '@shared/domain/workspace'

const servers = 200

/** A workspace in which every server has the same number, so that a mixture of two states can be detected. */
export const generation = (n: number): WorkspaceFile => ({
  version: 1,
  servers: Array.from({ length: servers }, (_, index) => ({
    ...emptyServerDraft,
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name: `Server ${index}`,
    address: 'https://pbx.example.com:8887',
    activeAddress: 'first',
    notes: String(n),
  })),
})
