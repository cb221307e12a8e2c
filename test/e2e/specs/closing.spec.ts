import { once } from 'node:events'
import { emptyServerDraft } from '@shared/domain/server'
import { expect, test } from '../fixtures'
import { RolloutsPage } from '../pages/rollouts'
import { signInToAll } from '../servers'

test('closing the window while a rollout is applied is confirmed; after Quit it waits and can be resumed', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0, tenants: 1, dealers: 0 })
  const draft = { ...emptyServerDraft, name: 'PBX', address: pbx.url, username: 'admin', protection: 'open' } as const
  const fleet = await launch({ servers: [draft], before: signInToAll })
  const ranges = ['41.202.0.0/16', '9.9.9.9/32']
  const { id } = await fleet.call('rollouts:preview', {
    ...{ kind: 'rules', action: 'DENY', ranges, expiresAt: null, description: '' },
    serverIds: (await fleet.call('workspace:get', {})).servers.map((server) => server.id),
  })
  await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  const confirmation = { acknowledged: true, typedName: '1', override: '', note: '' }
  await fleet.call('rollouts:apply', { rolloutId: id, confirmation, settings: { canary: false, stopAfter: 1 } })
  const rollouts = new RolloutsPage(fleet.page)
  await expect(rollouts.bar).toContainText('Block 2 ranges')
  const close = () =>
    fleet.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close()
    })

  // 1 is the last button, Keep the app open.
  await fleet.answerDialogs([1])
  await close()
  await expect(rollouts.bar).toContainText('Block 2 ranges')

  await fleet.answerDialogs([0])
  const ended = once(fleet.app.process(), 'exit')
  await close()
  await pbx.setFaults({ holdReplies: false })
  await ended
  await fleet.start()
  await expect(new RolloutsPage(fleet.page).bar).toContainText('Paused')
  // The request under way, and nothing after the user quit.
  expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/ip_filters')).toHaveLength(1)
})
