/** Servers processed so far of those that were asked for. */
export interface FleetProgress {
  readonly done: number
  readonly total: number
}

/** What runs over many servers now. */
export interface FleetActivity {
  readonly signIn?: FleetProgress
  readonly refresh?: FleetProgress
}
