import { noFaults, type PracticeFaults } from '@shared/domain/practice'

/** All faults off, without limits to paths or a number of responses. */
export const everythingOff: PracticeFaults = {
  ...noFaults,
  onlyPath: undefined,
  times: undefined,
  retryAfter: undefined,
  redirectStatus: undefined,
  redirectTo: undefined,
  hostileName: undefined,
  bombEncoding: undefined,
  ignoresSkip: undefined,
  body: undefined,
  wire: undefined,
  hiddenRow: undefined,
  laterCount: undefined,
  mutateSeed: undefined,
  ignoresWrites: undefined,
  holdReplies: undefined,
  commitsLateMs: undefined,
  renewsAs: undefined,
  actsAs: undefined,
  capabilities: undefined,
  version: undefined,
}

/** Faults of the whole server, independent of a path. */
const serverWide = [
  'certificateChanged',
  'refuseConnections',
  'clockSkewSeconds',
  'expireTokens',
  'actsAs',
  'capabilities',
  'version',
] as const

const concernsAnswers = (faults: PracticeFaults): boolean =>
  [faults.ignoresSkip, faults.holdReplies].includes(true) ||
  [
    faults.body,
    faults.wire,
    faults.hiddenRow,
    faults.laterCount,
    faults.mutateSeed,
    faults.commitsLateMs,
    faults.renewsAs,
  ].some((fault) => fault !== undefined) ||
  Object.entries(noFaults).some(
    ([key, off]) => !serverWide.some((name) => name === key) && faults[key as keyof PracticeFaults] !== off,
  )

const matches = (onlyPath: string | undefined, method: string, path: string): boolean => {
  if (onlyPath === undefined) return true
  const [, wantedMethod, prefix = ''] = /^(?:(GET|POST) )?(.*)$/.exec(onlyPath) ?? []
  return (wantedMethod === undefined || wantedMethod === method) && path.startsWith(prefix.replace(/^\/api(?=\/)/, ''))
}

/** The active faults, and how many responses they still affect. */
export class FaultBox {
  current: PracticeFaults
  private readonly none: PracticeFaults
  private readonly waiting = new Set<() => void>()

  constructor(latencyMs: number, faults: Partial<PracticeFaults> | undefined) {
    this.none = { ...noFaults, latencyMs }
    this.current = { ...this.none, ...faults }
  }

  set(patch: Partial<PracticeFaults>): void {
    this.current = { ...this.current, ...patch }
    if (this.current.holdReplies === true) return
    for (const release of this.waiting) release()
    this.waiting.clear()
  }

  /** Resolves once responses are no longer delayed. */
  released(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve))
  }

  /** The faults of one response; decreases their count if it is limited. `path` is relative to /api. */
  faultsFor(method: string, path: string): PracticeFaults {
    const faults = this.current
    if (!concernsAnswers(faults)) return faults
    const { times } = faults
    if (!matches(faults.onlyPath, method, path)) return this.none
    if (times !== undefined) this.current = times > 1 ? { ...faults, times: times - 1 } : this.spent(faults)
    return times === 0 ? this.none : faults
  }

  /** A used-up limit is removed, too, so that it does not affect the next fault. */
  private spent(faults: PracticeFaults): PracticeFaults {
    const serverFaults = Object.fromEntries(serverWide.map((name) => [name, faults[name]]))
    return { ...everythingOff, latencyMs: this.none.latencyMs, ...serverFaults }
  }
}
