import { describe, expect, test } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { IdentityRefresh, type IdentityRefreshDeps } from '@main/services/session/identity-refresh'
import { OtherAccountError } from '@main/services/session/token-owner'

/** A refresh whose reading ends like this, with what it did. */
function refreshOf(identify: () => Promise<never>, current: object = { access: 'a' }) {
  let readings = 0
  const others: unknown[] = []
  const refresh = new IdentityRefresh({
    flow: { identify: () => ((readings += 1), identify()), probes: { noteRefusal: () => undefined } },
    tokens: { current },
    apply: () => undefined,
    onOtherAccount: (error: unknown) => others.push(error),
  } as unknown as IdentityRefreshDeps)
  return { refresh, others, readings: () => readings }
}

describe('a refresh that ended early', () => {
  test.each([
    ['because the session belongs to another account', () => Promise.reject(otherAccount()), { access: 'a' }],
    ['because nobody is signed in', () => Promise.reject(new Error('Not asked')), {}],
    ['in an error', () => Promise.reject(new FleetError({ code: 'timeout', message: 'No response' })), { access: 'a' }],
  ] as const)('%s, has ended: what waited for it does not read again', async (_, identify, current) => {
    const { refresh, readings } = refreshOf(identify, current)
    const since = refresh.count
    await refresh.run()
    expect(refresh.count).toBe(since + 1)
    const before = readings()
    await refresh.runUnless(since, {})
    expect(readings()).toBe(before)
  })

  test('another account is still reported', async () => {
    const { refresh, others } = refreshOf(() => Promise.reject(otherAccount()))
    await refresh.run()
    expect(others).toHaveLength(1)
  })
})

const otherAccount = (): OtherAccountError => Object.create(OtherAccountError.prototype) as OtherAccountError
