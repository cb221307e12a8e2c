import { expect, test } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { notification } from '@shared/resources/notification'
import { showRecord } from '@main/portsip/records'
import type { PbxRead, PbxReader } from '@main/portsip/pbx-client'
import { Servers } from '@main/servers/servers'
import { RolloutPreviews } from '@main/services/rollouts/rollout-previews'
import { FilesHost } from '@main/services/exports/files-host'
import { ManyImports } from '@main/services/imports/many-imports'
import { PlanFiles } from '@main/services/plan-files/plan-files'
import { RolloutShelf } from '@main/services/rollouts/rollout-shelf'
import { RolloutStore } from '@main/services/rollouts/rollout-store'
import { PlanServices } from '../plans/services'
import { temporaryFolder } from '../storage/temporary'

const serversMax = 200
const ids = Array.from({ length: serversMax }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`)
const placeOf = (id: string): number => ids.indexOf(id)

/** The replies of a server whose settings are those of every third one. */
const readerOf = (id: string): PbxReader => ({
  get: <T>({ schema }: PbxRead<T>) =>
    Promise.resolve(
      schema.parse({
        ...Object.fromEntries(notification.fields.map(({ key, default: value }) => [key, value ?? null])),
        ...{ type: 'SMTP', username: 'pbx', recipients: `team${placeOf(id) % 3}@example.com` },
      }),
    ),
  download: () => Promise.reject(new Error('not used')),
  localAddress: () => undefined,
  remoteAddress: () => undefined,
})

test('200 servers with three distinct differences are three groups', async () => {
  const recordOf = (id: string): ServerRecord => ({
    ...{ ...emptyServerDraft, id, name: `PBX ${placeOf(id)}`, address: '', username: '', activeAddress: 'first' },
    protection: 'open',
  })
  const servers = new Servers(
    { get: recordOf },
    {
      reader: readerOf,
      seenAs: () => undefined,
      state: (serverId) => ({
        ...{ serverId, phase: 'signed-in', address: 'first', passwordStored: false, failures: 0 },
        ...{ version: '22.6', role: 'SystemAdmin' },
      }),
    },
  )
  const folder = temporaryFolder()
  const access = () => {
    throw new Error('Nothing is sent')
  }
  const { plans, shelf, drafts, targetOf } = new PlanServices({ folder, servers, access, now: Date.now })
  const rollouts = new RolloutShelf({ store: new RolloutStore(`${folder}/rollouts`), plans: shelf })
  const confirm = { kind: 'none', servers: 0, reason: '' } as const
  const previews = new RolloutPreviews({
    ...{ servers, plans, shelf, drafts, rollouts, now: Date.now, systemUser: 'tech' },
    certificateFiles: access,
    ...{
      targetOf,
      planFiles: new PlanFiles({
        files: new FilesHost(),
        shelf,
        rollouts,
        servers,
        list: () => [],
        systemUser: 'tech',
      }),
    },
    ...{ imports: new ManyImports({ servers: () => [], versionOf: () => undefined, files: new FilesHost() }) },
    summary: (rollout) => rollout.summary(() => confirm),
  })
  const { groups, title } = await previews.preview({
    ...{ kind: 'settings', resource: 'notification', values: { recipients: 'noc@example.com' }, serverIds: ids },
  })
  expect(title).toBe('Change notification settings on 200 servers')
  expect(groups.map(({ kind, details, servers: names }) => [kind, names.length, details])).toEqual(
    [0, 1, 2].map((at) => [
      ...['apply', at < 2 ? 67 : 66],
      [`Notifications: Recipients: team${at}@example.com → Recipients: noc@example.com`],
    ]),
  )
  expect((await showRecord(readerOf(ids[0] ?? ''), notification)).recipients).toBe('team0@example.com')
})
