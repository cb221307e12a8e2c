/**
 * Two readings of the time: `now` decides when a token or a block ends, `shown` is what the PBX believes and tells. They differ by the skew, as a
 * PBX whose clock is wrong still counts its own seconds right.
 */
export class Clock {
  private advancedMs = 0
  skewSeconds = 0

  advance(seconds: number): void {
    this.advancedMs += seconds * 1000
  }

  now(): number {
    return Date.now() + this.advancedMs
  }

  shown(): number {
    return this.now() + this.skewSeconds * 1000
  }

  /** RFC 3339 in UTC, whole seconds, `offsetMs` from the shown time. */
  stamp(offsetMs = 0): string {
    return toStamp(this.shown() + offsetMs)
  }
}

export const toStamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
