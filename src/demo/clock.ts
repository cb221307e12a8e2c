/**
 * Two clocks: `now` decides when a token or a block ends, `shown` is the time that the PBX reports. They differ by the
 * skew, because a PBX with a wrong clock still measures durations correctly.
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

  /** RFC 3339 in UTC with whole seconds, `offsetMs` after the shown time. */
  stamp(offsetMs = 0): string {
    return toStamp(this.shown() + offsetMs)
  }
}

export const toStamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
