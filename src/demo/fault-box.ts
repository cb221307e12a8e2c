import { noFaults, type PracticeFaults } from '@shared/domain/practice'

/** Every fault off, and none limited to a path or a number of answers. */
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
}

/** Faults that concern the server as a whole and so know no path. */
const serverWide = ['certificateChanged', 'refuseConnections', 'clockSkewSeconds', 'expireTokens'] as const

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

/** The faults that are switched on, and how many answers they still spoil. */
export class FaultBox {
  current: PracticeFaults
  private readonly none: PracticeFaults
  private readonly held = new Set<() => void>()

  constructor(latencyMs: number, faults: Partial<PracticeFaults> | undefined) {
    this.none = { ...noFaults, latencyMs }
    this.current = { ...this.none, ...faults }
  }

  set(patch: Partial<PracticeFaults>): void {
    this.current = { ...this.current, ...patch }
    if (this.current.holdReplies === true) return
    for (const release of this.held) release()
    this.held.clear()
  }

  /** Resolves once replies are not held any more. */
  released(): Promise<void> {
    return new Promise((resolve) => this.held.add(resolve))
  }

  /** The faults for one answer; counts it off where they are limited to some. `path` is relative to /api. */
  take(method: string, path: string): PracticeFaults {
    const faults = this.current
    if (!concernsAnswers(faults)) return faults
    const { times } = faults
    if (!matches(faults.onlyPath, method, path)) return this.none
    if (times !== undefined) this.current = times > 1 ? { ...faults, times: times - 1 } : this.spent(faults)
    return times === 0 ? this.none : faults
  }

  /** A limit that is used up goes, too: it must not keep the next fault from showing. */
  private spent(faults: PracticeFaults): PracticeFaults {
    const kept = Object.fromEntries(serverWide.map((name) => [name, faults[name]]))
    return { ...everythingOff, latencyMs: this.none.latencyMs, ...kept }
  }
}
