import { join } from 'node:path'
import { emptyServerDraft, type CertificateView, type ServerDraft } from '@shared/domain/server'
import { WorkspaceService, workspaceStore } from '@main/services/workspace/workspace-service'

export const draft = (parts: Partial<ServerDraft> = {}): ServerDraft => ({
  ...emptyServerDraft,
  name: 'Berlin',
  address: 'pbx.example.com',
  username: 'admin',
  ...parts,
})

export const pin: CertificateView = {
  subject: 'CN=pbx.example.com',
  issuer: 'CN=pbx.example.com',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  fingerprint256: Array.from({ length: 32 }, () => 'AB').join(':'),
  altNames: ['DNS:pbx.example.com'],
}

/** A workspace after a start of the app with this profile. */
export const openWorkspace = (folder: string): WorkspaceService =>
  new WorkspaceService(workspaceStore(join(folder, 'workspace.json')))

export const namesOf = (workspace: WorkspaceService): readonly string[] => workspace.list().map((server) => server.name)
