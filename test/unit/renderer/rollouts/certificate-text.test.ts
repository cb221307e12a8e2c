import { expect, test } from 'vitest'
import type { CertificateView } from '@shared/domain/server'
import type { CertificateTarget, PresentedAt } from '@shared/rollout/certificate-stage'
import { certificateRows } from '@/features/rollouts/certificate-text'

const [wanted, before, foreign] = ['AA', 'BB', 'CC']
const target: CertificateTarget = {
  ...{ serverId: 's', server: 'Kunde A', outcome: 'done', previous: [before], pinned: false },
  addresses: [
    { choice: 'first', address: 'https://a:8887' },
    { choice: 'second', address: 'https://b:8887' },
  ],
}
const view = (fingerprint256: string): CertificateView => ({
  ...{ fingerprint256, subject: `CN=${fingerprint256}`, issuer: '', validFrom: '', validTo: '', altNames: [] },
})
/** What both addresses present; a text with a blank is the reason why that is not known. */
const present = (...results: readonly string[]): readonly PresentedAt[] =>
  results.map((result, at) => ({
    ...{ serverId: 's', choice: at === 0 ? 'first' : 'second' },
    ...(result.includes(' ') ? { problem: result } : { shown: view(result) }),
  }))
const rowOf = (presented: readonly PresentedAt[], more: Partial<CertificateTarget> = {}) =>
  certificateRows([{ ...target, ...more }], presented, wanted)[0]

test.each([
  ['nothing was checked yet', [], 'Stored · not checked', false, false],
  ['both present the previous one', [before, before], 'Stored · restart the web server', false, false],
  ['one still presents the previous one', [wanted, before], 'Stored · restart the web server', false, false],
  ['both present it', [wanted, wanted], 'Presented', true, true],
  ['one cannot be reached', [wanted, 'No route'], 'Presented', true, false],
  ['none can be reached', ['No route', 'No route'], 'Stored · not checked', false, false],
  ['one presents another one', [wanted, foreign], 'Another certificate is presented', false, false],
] as const)('if %s, the server is %s', (_, results, text, canTrust, isSettled) => {
  expect(rowOf(present(...results))).toMatchObject({ text, canTrust, isSettled })
})

test('a trusted server is shown as fine only once both addresses present it', () => {
  const pinned = { pinned: true }
  expect(rowOf([], pinned)).toMatchObject({ text: 'Trusted', canTrust: false, isSettled: false })
  expect(rowOf(present(wanted, 'No route'), pinned)).toMatchObject({ text: 'Trusted', isSettled: false })
  expect(rowOf(present(wanted, wanted), pinned)).toMatchObject({ text: 'Trusted', isSettled: true })
  expect(rowOf(present(foreign, wanted), pinned)).toMatchObject({ text: 'Another certificate is presented' })
})

test('without a pin, nothing is to be trusted', () => {
  const { pinned: _, ...unpinned } = target
  expect(certificateRows([unpinned], present(wanted, wanted), wanted)[0]).toMatchObject({
    ...{ text: 'Presented', canTrust: false, isSettled: true },
  })
})

test('the reason, or the certificate that is presented, is named for each address', () => {
  expect(rowOf(present(foreign, 'No route to host'))?.addresses.map(({ text }) => text)).toEqual([
    'Presents CN=CC, SHA-256 CC',
    'Not checked: No route to host',
  ])
})

test('only servers that have the certificate are listed', () => {
  const outcomes = ['waiting', 'sending', 'unknown', 'refused', 'conflict', 'notSent', 'alreadyInPlace'] as const
  const targets = outcomes.map((outcome) => ({ ...target, outcome }))
  expect(certificateRows(targets, [], wanted).map((row) => row.target.outcome)).toEqual(['alreadyInPlace'])
})
