import { basename } from 'node:path'
import type { Dialogs } from '../services/dialogs'
import type { RolloutShelf } from '../services/rollouts/rollout-shelf'
import type { RolloutsService } from '../services/rollouts/rollouts-service'
import type { TestMailsService } from '../services/test-mails/test-mails-service'
import { writeAtomic } from '../storage/write-atomic'
import { handle } from './handle'

interface RolloutsIpcDeps {
  readonly service: RolloutsService
  readonly rollouts: RolloutShelf
  readonly testMails: TestMailsService
  readonly dialogs: Pick<Dialogs, 'saveFile'>
}

/** Handles `rollouts:*` and `mails:*`; progress is pushed as `rollout:changed` and `mails:changed`. */
export function registerRolloutsIpc({ service, rollouts, testMails, dialogs }: RolloutsIpcDeps): void {
  handle('rollouts:preview', (request) => service.previews.preview(request))
  handle('rollouts:apply', ({ rolloutId, confirmation, settings }) => service.apply(rolloutId, confirmation, settings))
  handle('rollouts:discard', ({ rolloutId }) => {
    service.previews.discard(rolloutId)
    return null
  })
  handle('rollouts:active', async () => (await rollouts.active()).map((rollout) => service.summary(rollout)))
  handle('rollouts:get', ({ rolloutId }) => service.get(rolloutId))
  handle('rollouts:targets', ({ rolloutId, query }) => rollouts.rows(rolloutId, query))
  handle('rollouts:resume', ({ rolloutId, confirmation }) => service.resume(rolloutId, confirmation))
  handle('rollouts:pause', ({ rolloutId }) => service.pause(rolloutId))
  handle('rollouts:cancel', ({ rolloutId }) => service.cancel(rolloutId))
  handle('rollouts:retry', ({ rolloutId, confirmation }) => service.retry(rolloutId, confirmation))
  handle('rollouts:guards', ({ rolloutId, which }) => service.currentGuards(rolloutId, which))
  handle('rollouts:check', ({ rolloutId }) => service.check(rolloutId))
  handle('mails:get', ({ rolloutId }) => testMails.get(rolloutId))
  handle('mails:send', ({ rolloutId, mail, again }) => testMails.send(rolloutId, mail, again))
  handle('mails:cancel', ({ rolloutId }) => testMails.cancel(rolloutId))
  handle('rollouts:save', async ({ rolloutId }) => {
    const { name, text } = await rollouts.csv(rolloutId)
    const filters = [{ name: 'CSV', extensions: ['csv'] }]
    const path = await dialogs.saveFile({ title: 'Export the result', defaultPath: name, filters })
    if (path === undefined) return { saved: false, name: '' }
    await writeAtomic(path, text)
    return { saved: true, name: basename(path) }
  })
}
