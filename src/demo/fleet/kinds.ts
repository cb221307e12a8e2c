import type { PracticeOptions } from '../options'

const special = [
  'users-near-limit',
  'refuses-connections',
  'certificate-ends-in-8-days',
  'black-hole',
  'otp',
  'maintenance-ended',
  'certificate-changed',
  'allow-rules-expire',
  'wrong-password',
  'calls-at-limit',
  'bad-gateway',
  'maintenance-ends',
  'untrusted',
  'certificate-ends-in-25-days',
  'blocked',
  'slow',
  'no-password',
  'certificate-ends-in-50-days',
] as const

/** What is special about a server of a practice fleet. */
export type FleetKind = 'fine' | (typeof special)[number]

/** After this many servers, the kinds repeat. */
const cycle = 40

/** Every other server is special, until each kind has occurred; the rest of the cycle is fine. */
export function kindAt(index: number): FleetKind {
  const turn = index % cycle
  return turn % 2 === 0 ? 'fine' : (special[(turn - 1) / 2] ?? 'fine')
}

/** The options that make a server this kind. The other kinds differ in what is stored on this computer. */
export const kindOptions: Readonly<Partial<Record<FleetKind, PracticeOptions>>> = {
  'users-near-limit': { currentUsers: 194, licensedUsers: 200 },
  'calls-at-limit': { currentCalls: 64, maxConcurrentCalls: 64 },
  'maintenance-ended': { maintenanceDays: -12 },
  'maintenance-ends': { maintenanceDays: 20 },
  'certificate-ends-in-8-days': { certificateDays: 8 },
  'certificate-ends-in-25-days': { certificateDays: 25 },
  'certificate-ends-in-50-days': { certificateDays: 50 },
  'allow-rules-expire': { serviceRuleDays: 5 },
  'refuses-connections': { faults: { refuseConnections: true } },
  'certificate-changed': { faults: { certificateChanged: true } },
  blocked: { blockedAddresses: ['127.0.0.1'] },
  'bad-gateway': { faults: { status: 502 } },
  slow: { latencyMs: 800 },
  otp: { otp: true, version: '22.6' },
}
